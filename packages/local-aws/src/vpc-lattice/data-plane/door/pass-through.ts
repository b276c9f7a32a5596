import { connect, type Socket } from "node:net";
import { placeOf } from "../../control-plane/ownership.ts";
import { authorise } from "../admission/authorise.ts";
import type { ProxyParts } from "../proxy.ts";
import { chooseDestination } from "../routing/choose-destination.ts";
import type { RoutedService, RoutedVpc } from "../routing/routing.ts";
import type { Peer } from "../targets/target-connections.ts";

type Parts = Pick<ProxyParts, "routing" | "chooseGroup" | "pools" | "meter">;

/** Takes a TLS connection to `name` to a target as it is; false where no TLS listener of the VPC's network has that name. */
export type PassThrough = (vpcId: string, name: string, socket: Socket) => boolean;

/**
 * TLS listeners: the connection goes by the server name that it asks for, which is the service's custom name, and its bytes are
 * not looked at. Its caller is anonymous to auth policies.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/tls-listeners.html
 */
export function passThrough(parts: Parts): PassThrough {
  return (vpcId, name, socket) => {
    const vpc = parts.routing().vpcs.get(vpcId);
    const service = vpc?.network.services.get(name);
    const listener = service?.listeners.values().find(({ protocol }) => protocol === "TLS_PASSTHROUGH");
    if (vpc === undefined || service?.names.custom !== name || listener === undefined) return false;
    const nothing = { method: "", path: "", headers: {} };
    const destination = mayConnect(vpc, service, socket)
      ? chooseDestination(listener.rules, nothing, parts)
      : undefined;
    if (destination?.type === "http") carry(socket, destination.peer, parts);
    else socket.destroy();
    return true;
  };
}

function mayConnect(vpc: RoutedVpc, service: RoutedService, socket: Socket): boolean {
  const verdict = authorise({
    identity: undefined,
    action: "vpc-lattice-svcs:Connect",
    network: vpc.network.guard,
    service: service.guard,
    resource: service.arn,
    context: {
      ...service.tags,
      "aws:SourceIp": socket.remoteAddress ?? "",
      "vpc-lattice-svcs:ServiceNetworkArn": vpc.network.arn,
      "vpc-lattice-svcs:ServiceArn": service.arn,
      "vpc-lattice-svcs:SourceVpc": vpc.id,
      "vpc-lattice-svcs:SourceVpcOwnerAccount": placeOf(vpc.arn).account,
    },
  });
  return verdict.allowed;
}

/** Either side's end, or failure, is the other's. */
function carry(socket: Socket, { groupId, local }: Peer, { meter }: Parts): void {
  const colon = local.lastIndexOf(":");
  const target = connect({
    host: local.slice(0, colon).replace(/^\[(.*)\]$/, "$1"),
    port: Number(local.slice(colon + 1)),
    noDelay: true,
  });
  target.once("connect", () => meter.opened(groupId, target, "tcp"));
  target.on("error", (error) => {
    if (target.pending || target.connecting) meter.failed(groupId, error, false);
    socket.destroy();
  });
  socket.once("close", () => target.destroy());
  target.once("close", () => socket.destroySoon());
  socket.pipe(target);
  target.pipe(socket);
}
