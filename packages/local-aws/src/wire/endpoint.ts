import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { AwsError } from "../aws-error.ts";
import type { Clock } from "../clock/clock.ts";
import { isLostConnection } from "../faults/lost-connection.ts";
import type { Iam } from "../iam/iam.ts";
import { authenticate, signedService } from "./authenticate.ts";
import { awsJson } from "./aws-json.ts";
import { awsQuery } from "./aws-query.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Dispatch } from "./dispatcher.ts";
import type { Protocol, WireRequest, WireResponse } from "./protocol.ts";
import { inflated, readRequest } from "./read-request.ts";

/** Answers a request that is for this local AWS itself. */
export type Door = (request: WireRequest) => WireResponse | Promise<WireResponse>;

export interface EndpointParts {
  readonly catalogue: Catalogue;
  /** Protocols of services that no SDK client here describes. */
  readonly protocols: Readonly<Record<string, Protocol>>;
  readonly dispatch: Dispatch;
  readonly iam: Pick<Iam, "callerOf" | "hasExpired">;
  readonly clock: Clock;
  /** What is answered without a signature, by its path. */
  readonly doors: ReadonlyMap<string, Door>;
  readonly requestId: () => string;
  /** Hears of faults of this program, which clients see as InternalServerException. */
  readonly report: (fault: unknown) => void;
}

export interface Endpoint {
  readonly url: string;
  close(): Promise<void>;
}

/** One HTTP server on 127.0.0.1 for all services; the scope of a request's signature says which it is for. */
export async function startEndpoint(parts: EndpointParts, port: number): Promise<Endpoint> {
  const server = createServer((incoming, outgoing) => {
    serve(parts, incoming, outgoing).catch((fault) => {
      parts.report(fault);
      outgoing.destroy();
    });
  });
  // Longer than clients keep idle connections, so that none is closed while a client is about to use it.
  server.keepAliveTimeout = 120_000;
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", reject);
      resolve();
    });
  });
}

const nothing = { operations: new Map(), errors: new Map() };

/** Before a request's service is known, errors are told in the protocol that most clients can read. */
const anyProtocol = awsJson(nothing, "1.1");
/** A client that sends a form reads nothing but XML. */
const anyForm = awsQuery(nothing, "local");

const protocolLike = ({ headers }: WireRequest) =>
  headers["content-type"]?.startsWith("application/x-www-form-urlencoded") ? anyForm : anyProtocol;

async function serve(parts: EndpointParts, incoming: IncomingMessage, outgoing: ServerResponse) {
  const done = parts.clock.busy();
  outgoing.once("close", done);
  const requestId = parts.requestId();
  let protocol = anyProtocol;
  try {
    const request = await readRequest(incoming);
    const door = parts.doors.get(request.path);
    if (door !== undefined) {
      send(outgoing, await door(request));
      return;
    }
    const service = signedService(request) ?? "";
    protocol = (await protocolOf(service, parts)) ?? protocolLike(request);
    send(outgoing, await answer(parts, request, service, protocol, requestId));
  } catch (thrown) {
    if (isLostConnection(thrown) || (incoming.destroyed && !incoming.complete)) outgoing.destroy();
    else send(outgoing, protocol.encodeError(errorOf(thrown, parts.report), requestId));
  }
}

async function protocolOf(service: string, { protocols, catalogue }: EndpointParts) {
  if (Object.hasOwn(protocols, service)) return protocols[service];
  return (await catalogue(service))?.protocol;
}

async function answer(
  parts: EndpointParts,
  request: WireRequest,
  service: string,
  protocol: Protocol,
  requestId: string,
): Promise<WireResponse> {
  const { caller, region } = await authenticate(request, { iam: parts.iam, now: new Date() });
  if (protocol === anyProtocol || protocol === anyForm) {
    throw new AwsError(
      "UnknownOperationException",
      `the service "${service}" is not offered by this local AWS`,
      404,
    );
  }
  const { operation, input } = protocol.decode(inflated(request));
  const output = await parts.dispatch(caller, service, operation, input, requestId, region);
  return protocol.encode(operation, output, requestId);
}

function errorOf(thrown: unknown, report: (fault: unknown) => void): AwsError {
  if (thrown instanceof AwsError) return thrown;
  report(thrown);
  const message = `a fault of the local AWS: ${thrown instanceof Error ? thrown.message : String(thrown)}`;
  return new AwsError("InternalServerException", message, 500);
}

function send(outgoing: ServerResponse, { status, headers, body }: WireResponse) {
  outgoing.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  outgoing.end(body);
}
