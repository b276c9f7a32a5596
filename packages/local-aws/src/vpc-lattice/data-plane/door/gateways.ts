import type { Exchange } from "../exchange.ts";
import { type Source, zonePattern } from "../source.ts";
import type { ContextOf } from "./certificates.ts";
import { type Door, openDoor } from "./door.ts";
import type { DoorLimits } from "./limits.ts";
import type { PassThrough, SealedConnection } from "./pass-through.ts";

/** The doors of Lattice: loopback ports for its callers. */
export interface Gateways {
  /** The port of a VPC, or of its callers in a zone, opened when first asked for; `port`: which one to take then. */
  portOf(vpcId: string, port?: number, zone?: string): Promise<number>;
  /** The port of a trusted proxy, which names the VPC that each request comes from in a header, and the zone in another. */
  trustedPort(port?: number): Promise<number>;
  close(): Promise<void>;
}

/** The header that a trusted proxy names the caller's VPC in. */
export const sourceVpcHeader = "x-espalier-source-vpc";

/** And this one their zone. */
const sourceZoneHeader = "x-espalier-source-zone";

interface House {
  serve(from: Source, exchange: Exchange): void;
  contextOf: ContextOf;
  passThrough: PassThrough;
}

/** Opens doors on 127.0.0.1. */
export function gateways(house: House, limits: DoorLimits): Gateways {
  const doors = new Map<string, Promise<Door>>();

  const door = async (key: string, open: () => Promise<Door>) => {
    const opened = doors.get(key) ?? open();
    doors.set(key, opened);
    // A port that is taken may be free the next time.
    opened.catch(() => doors.delete(key));
    return (await opened).port;
  };

  return {
    portOf(vpcId, port, zone) {
      const from: Source = { vpcId, zone };
      return door(zone === undefined ? vpcId : `${vpcId} ${zone}`, () => {
        const room = {
          serve: (exchange: Exchange) => house.serve(from, exchange),
          contextOf: (name: string) => house.contextOf(vpcId, name),
          passThrough: (sealed: SealedConnection) => house.passThrough(vpcId, sealed, zone),
        };
        return openDoor(room, limits, port);
      });
    },
    trustedPort: (port) =>
      door("trusted", () => {
        const room = {
          serve: (exchange: Exchange) => {
            const vpcId = exchange.headers[sourceVpcHeader];
            const zone = exchange.headers[sourceZoneHeader];
            const from = {
              vpcId: typeof vpcId === "string" ? vpcId : undefined,
              zone: typeof zone === "string" && zonePattern.test(zone) ? zone : undefined,
            };
            house.serve(from, exchange);
          },
          contextOf: async () => undefined,
          passThrough: () => false,
        };
        return openDoor(room, limits, port);
      }),
    async close() {
      const opened = await Promise.allSettled(doors.values());
      await Promise.all(opened.map((each) => (each.status === "fulfilled" ? each.value.close() : undefined)));
    },
  };
}
