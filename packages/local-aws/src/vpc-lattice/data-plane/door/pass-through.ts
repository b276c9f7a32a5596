import { connect, type Socket } from "node:net";
import { connectionContext } from "../admission/auth-context.ts";
import { authorise, type Verdict } from "../admission/authorise.ts";
import type { Connection } from "../exchange.ts";
import type { ProxyParts } from "../proxy.ts";
import type { FinishedConnection } from "../records/finished-connection.ts";
import { chooseDestination, type Destination } from "../routing/choose-destination.ts";
import { type Place, placeAt } from "../routing/find-service.ts";
import { fromZone, type Peer } from "../targets/target-connections.ts";

type Parts = Pick<ProxyParts, "platform" | "routing" | "chooseGroup" | "pools" | "meter" | "accessLogs">;

/** A TLS connection of which nothing has been read. */
export interface SealedConnection {
  readonly socket: Socket;
  /** The server name that it asks for. */
  readonly name: string;
  readonly connection: Connection;
}

/** Takes a TLS connection to a target as it is; false where no TLS listener of the VPC's network has that name. */
export type PassThrough = (vpcId: string, sealed: SealedConnection, zone?: string) => boolean;

/**
 * TLS listeners: the connection goes by the server name that it asks for, which is the service's custom name, and its bytes are
 * not looked at. Its caller is anonymous to auth policies. It is logged when it is over.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/tls-listeners.html
 */
export function passThrough(parts: Parts): PassThrough {
  return (vpcId, sealed, zone) => {
    const vpc = parts.routing().vpcs.get(vpcId);
    const service = vpc?.network.services.get(sealed.name);
    const listener = service?.listeners.values().find(({ protocol }) => protocol === "TLS_PASSTHROUGH");
    if (vpc === undefined || service?.names.custom !== sealed.name || listener === undefined) return false;
    const place = placeAt(vpc, service, listener);
    const verdict = judged(place, sealed, parts.platform.clock.now());
    const nothing = { method: "", path: "", headers: {} };
    const destination = verdict.allowed ? chooseDestination(listener.rules, nothing, parts) : undefined;
    logAtEnd(sealed, place, verdict, destination, parts);
    if (destination?.type === "http") carry(sealed.socket, fromZone(destination.peer, zone), parts);
    else sealed.socket.destroy();
    return true;
  };
}

function judged(place: Place, { connection }: SealedConnection, at: number): Verdict {
  const { network, service } = place;
  return authorise({
    identity: undefined,
    action: "vpc-lattice-svcs:Connect",
    network: network.guard,
    service: service.guard,
    resource: service.arn,
    context: connectionContext(place, { clientAddress: connection.address, encrypted: true, at }),
  });
}

function logAtEnd(
  { socket, name, connection }: SealedConnection,
  place: Place,
  verdict: Verdict,
  destination: Destination | undefined,
  { platform: { clock }, accessLogs }: Parts,
): void {
  const startedAt = clock.now();
  const began = performance.now();
  const { group, endpoint } = { group: undefined, endpoint: undefined, ...destination };
  const known: Omit<FinishedConnection, "bytesReceived" | "bytesSent" | "durationMs" | "expired"> = {
    place,
    group,
    startedAt,
    sourceIpPort: connection.sourceIpPort,
    targetAddress: endpoint?.registered,
    serverName: name,
    deniedBy: verdict.allowed ? undefined : verdict.reason,
  };
  socket.once("close", () =>
    accessLogs.connection({
      ...known,
      bytesReceived: socket.bytesRead,
      bytesSent: socket.bytesWritten,
      durationMs: performance.now() - began,
      expired: connection.expired,
    }),
  );
}

/** Either side's end, or failure, is the other's. */
function carry(socket: Socket, peer: Peer, { meter }: Parts): void {
  const { local } = peer;
  const colon = local.lastIndexOf(":");
  const target = connect({
    host: local.slice(0, colon).replace(/^\[(.*)\]$/, "$1"),
    port: Number(local.slice(colon + 1)),
    noDelay: true,
  });
  target.once("connect", () => meter.opened(peer, target, "tcp"));
  target.on("error", (error) => {
    if (target.pending || target.connecting) meter.failed(peer, error, false);
    socket.destroy();
  });
  socket.once("close", () => target.destroy());
  target.once("close", () => socket.destroySoon());
  socket.pipe(target);
  target.pipe(socket);
}
