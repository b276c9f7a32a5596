import type { Gateway } from "./lambda/sandbox/messages.ts";
import type { Lattice } from "./vpc-lattice/lattice.ts";

/** The gateways through which VPCs reach Lattice, opened ahead of the functions that run in them. */
export interface GatewayPorts {
  /** Begins to open the VPC's gateway; a function's first start takes longer than this does. */
  open(vpcId: string): void;
  /** undefined outside a VPC, and until the gateway is open, which begins at the latest now. */
  gatewayOf(vpcId: string | undefined): Gateway | undefined;
}

/** `report` hears of a gateway that cannot be opened. */
export function gatewayPorts(lattice: Lattice, report: (fault: unknown) => void): GatewayPorts {
  const ports = new Map<string, number>();
  const open = (vpcId: string) => void lattice.gateway(vpcId).then((port) => ports.set(vpcId, port), report);
  return {
    open,
    gatewayOf(vpcId) {
      if (vpcId === undefined) return undefined;
      const port = ports.get(vpcId);
      if (port === undefined) open(vpcId);
      return port === undefined ? undefined : { port, customNames: lattice.customNames(vpcId) };
    },
  };
}
