import { once } from "node:events";
import { createServer } from "node:http";
import { serviceRole } from "./deployed-espalier.ts";
import type { World } from "./world.ts";

/** A target group that Espalier made, with what it holds. */
export interface Made {
  readonly name: string;
  readonly id: string;
  readonly targets: readonly string[];
}

/** The groups that were made here, of all services. */
export async function madeGroups({ aws }: World): Promise<Made[]> {
  const { items } = await aws.call("vpc-lattice", "ListTargetGroups", {});
  const made = items.filter(({ name }: { name: string }) => name.startsWith("espalier-"));
  return Promise.all(
    made.map(async ({ id, name }: { id: string; name: string }) => {
      const targets = await aws.call("vpc-lattice", "ListTargets", { targetGroupIdentifier: id });
      const kept = targets.items.filter(({ status }: { status: string }) => status !== "DRAINING");
      return { id, name, targets: kept.map((target: { id: string }) => target.id) };
    }),
  );
}

/** The weight of each group in a service's default action, by the group's id. */
export async function weightsById(
  { aws }: World,
  serviceIdentifier: string,
): Promise<Record<string, number>> {
  const { items } = await aws.call("vpc-lattice", "ListListeners", { serviceIdentifier });
  const at = { serviceIdentifier, listenerIdentifier: items[0].id };
  const { defaultAction } = await aws.call("vpc-lattice", "GetListener", at);
  return Object.fromEntries(
    defaultAction.forward.targetGroups.map((group: { targetGroupIdentifier: string; weight: number }) => [
      group.targetGroupIdentifier,
      group.weight,
    ]),
  );
}

/** An address on which a healthy server answers that is in no group yet. */
export async function serverAt({ aws }: World, address: string): Promise<string> {
  const server = createServer((_, response) => response.end("fine")).unref();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const bound = server.address();
  if (bound === null || typeof bound === "string") throw new Error("the server does not listen");
  aws.lattice.addresses.set(`${address}:80`, `127.0.0.1:${bound.port}`);
  return address;
}

/** A published version of a function that answers what Lattice asks. */
export function publish({ aws }: World, name: string, version: string): string {
  return aws.lambda.putFunction({
    name,
    version,
    directory: import.meta.dirname,
    handler: "handlers/answers-lattice.handler",
    environment: {},
    roleArn: serviceRole(aws, `${name}-role`),
    timeoutSeconds: 5,
    memoryMb: 128,
  });
}
