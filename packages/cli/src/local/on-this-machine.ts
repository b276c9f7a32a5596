import type { LocalAws } from "@espalier/local-aws";
import { UserError } from "../fail.ts";

type Lattice = LocalAws["lattice"];

/** What the command line says of this machine. `gateway`: the port for callers, 0 for any free one. */
interface Machine {
  readonly targets: ReadonlyMap<string, string>;
  readonly gateway: number | undefined;
}

/** Tells a Lattice where targets are, and opens its gateway; a new one, after a reset, takes the port that the first one had. */
export function onThisMachine({ targets, gateway }: Machine) {
  let port = gateway;
  return {
    /** Answers the gateway's port, if one is wanted. Throws UserError where it is taken. */
    async tell(lattice: Pick<Lattice, "addresses" | "trustedGateway">): Promise<number | undefined> {
      for (const [target, local] of targets) lattice.addresses.set(target, local);
      if (port === undefined) return undefined;
      port = await lattice.trustedGateway(port).catch((cause) => {
        throw cause.code === "EADDRINUSE"
          ? new UserError(`port ${port} is in use; name another with --gateway, or 0 for any free one`, {
              cause,
            })
          : cause;
      });
      return port;
    },
  };
}
