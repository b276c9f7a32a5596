import { createHash } from "node:crypto";
import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { makeChange, translated } from "@espalier/lattice";
import type { ServiceLocks } from "@espalier/rollout";
import { type Attempt, ReadyChange, type Write } from "@espalier/topology";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";

const Input = z.union([
  z.object({
    change: ReadyChange,
    /** The request's id. */
    run: z.string(),
    /** The ARN of the execution, in whose name services are locked. */
    owner: z.string(),
    /** When the state was entered, which its retries share. */
    at: z.iso.datetime(),
  }),
  /** The URL of each service, for whoever calls it. */
  z.object({ urls: z.record(z.string(), z.url()) }),
]);
type Input = z.infer<typeof Input>;

interface Dependencies {
  readonly make: (write: Write, token: string) => Promise<"made" | "stale">;
  readonly locks: ServiceLocks;
  readonly tellUrl: (service: string, url: string) => Promise<void>;
}

/**
 * Makes one change of a plan, or writes down where the services are. A change to a service needs its lock, which the
 * execution then keeps until it settles; whoever else holds it is left alone. Errors keep the SDK's names.
 */
export function applyTopology({ make, locks, tellUrl }: Dependencies) {
  return async (input: Input): Promise<Attempt | { readonly urls: number }> => {
    if ("urls" in input) {
      const urls = Object.entries(input.urls);
      for (const [service, url] of urls) await tellUrl(service, url);
      return { urls: urls.length };
    }
    const { change, run, owner, at } = input;
    const { address, verb, sentence, write } = change;
    const step = { address, verb, sentence };
    for (const service of change.locks) {
      const lock = { service, rollout: run, owner, generation: 1, at, work: "topology" as const };
      const held = await locks.take(lock);
      if (held.owner !== owner)
        return { outcome: "left", ...step, by: `its service is held by ${held.work} ${held.rollout}` };
    }
    return { outcome: await make(write, tokenOf(`${owner} ${at} ${address}`)), ...step };
  };
}

/** Lattice takes the repeat of a creation with the same token for the same: the retries of one entry into a state have one. */
const tokenOf = (attempt: string): string => createHash("sha256").update(attempt).digest("hex");

export const handler = lambda(Input, applyTopology, () => {
  const lattice = new VPCLatticeClient({ maxAttempts: 8 });
  const parameters = new SSMClient();
  const path = environment("SERVICE_URLS_PATH");
  return {
    make: (write: Write, token: string) => translated(makeChange(lattice, write, token)),
    locks: dynamoLocks(rolloutsTable(environment("ROLLOUTS_TABLE"))),
    tellUrl: async (service: string, url: string) => {
      const Name = `${path}/${service}`;
      const put = new PutParameterCommand({ Name, Value: url, Type: "String", Overwrite: true });
      await translated(parameters.send(put));
    },
  };
});
