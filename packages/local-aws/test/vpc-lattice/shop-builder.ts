import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, request, type Server } from "node:http";
import type { LatticeRig } from "./lattice-rig.ts";

export const vpcId = "vpc-0123456789abcdef0";

/** A Lattice and a way to call its operations. */
export type Rig = Pick<LatticeRig, "lattice" | "call">;

/** A service on the network of `vpcId`, with what it is made of. */
export interface ShopService {
  readonly id: string;
  readonly arn: string;
  readonly host: string;
  readonly listenerId: string;
  readonly networkId: string;
}

/** A network that `vpcId` is associated with. */
export async function network(rig: Rig, input: object = {}): Promise<string> {
  const { id } = await rig.call("CreateServiceNetwork", { name: "shop", ...input });
  await rig.call("CreateServiceNetworkVpcAssociation", {
    serviceNetworkIdentifier: id,
    vpcIdentifier: vpcId,
  });
  return id;
}

/** A service with one HTTP listener, on the network. */
export async function service(
  rig: Rig,
  networkId: string,
  {
    name = "inventory",
    defaultAction = { fixedResponse: { statusCode: 404 } },
    ...rest
  }: { name?: string; defaultAction?: object; [member: string]: unknown } = {},
): Promise<ShopService> {
  const { id, arn, dnsEntry } = await rig.call("CreateService", { name, ...rest });
  const listener = await rig.call("CreateListener", {
    serviceIdentifier: id,
    name: "http",
    protocol: "HTTP",
    defaultAction,
  });
  await rig.call("CreateServiceNetworkServiceAssociation", {
    serviceIdentifier: id,
    serviceNetworkIdentifier: networkId,
  });
  return { id, arn, host: dnsEntry.domainName, listenerId: listener.id, networkId };
}

/** A target group of addresses, without health check unless asked for. */
export async function group(rig: Rig, name: string, healthCheck: object = { enabled: false }) {
  const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpcId, healthCheck };
  const { id } = await rig.call("CreateTargetGroup", { name, type: "IP", config });
  return id as string;
}

/** Starts a target and registers it under `address`. */
export async function target(
  rig: Rig,
  groupId: string,
  address: string,
  listener: RequestListener,
): Promise<Server> {
  const server = await started(listener);
  const host = address.includes(":") ? `[${address}]` : address;
  rig.lattice.addresses.set(`${host}:80`, `127.0.0.1:${portOf(server)}`);
  await rig.call("RegisterTargets", { targetGroupIdentifier: groupId, targets: [{ id: address }] });
  return server;
}

/** Forwards to groups by weight. */
export function forward(...weighted: readonly (readonly [string, number])[]) {
  const targetGroups = weighted.map(([targetGroupIdentifier, weight]) => ({ targetGroupIdentifier, weight }));
  return { forward: { targetGroups } };
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingMessage["headers"];
}

interface Sent {
  readonly method?: string;
  readonly headers?: Record<string, string | string[]>;
  readonly body?: string;
  readonly from?: string;
  /** The availability zone of the caller. */
  readonly zone?: string;
}

/** Sends a request through Lattice from a VPC. */
export async function send(
  rig: Rig,
  host: string,
  path: string,
  { method = "GET", headers = {}, body, from = vpcId, zone }: Sent = {},
): Promise<Answer> {
  const port = await rig.lattice.gateway(from, undefined, zone);
  const sent = request({
    host: "127.0.0.1",
    port,
    method,
    path,
    headers: { host, ...headers },
    agent: false,
  });
  // A target may answer, and Lattice hang up, before all of the body was sent.
  sent.on("error", () => undefined);
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  return { status: response.statusCode ?? 0, body: await text(response), headers: response.headers };
}

/** The whole body as text. */
export async function text(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

export async function started(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

export function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening");
  return address.port;
}
