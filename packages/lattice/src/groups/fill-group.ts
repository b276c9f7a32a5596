import {
  DeregisterTargetsCommand,
  RegisterTargetsCommand,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { CandidateNotReady, CandidateRefused, type MadeGroup, type Target } from "@espalier/rollout";
import { listTargets } from "../topology/list.ts";

// Lattice takes this many targets a call.
const BATCH = 100;

/** Deregisters what a group holds besides these targets and registers what it lacks of them. */
export async function fillGroup(
  client: VPCLatticeClient,
  { id: targetGroupIdentifier, name, type }: MadeGroup,
  wanted: readonly Target[],
): Promise<void> {
  const held = await listTargets(client, targetGroupIdentifier);
  const registered = held.filter(({ status }) => status !== "DRAINING");
  const others = registered.filter((target) => !wanted.some((one) => isSame(one, target)));
  for (const some of batches(others)) {
    const targets = some.map(({ id, port }) => targetOf({ id: id ?? "", port }));
    await client.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets }));
  }
  const lacking = wanted.filter((one) => !registered.some((target) => isSame(one, target)));
  const alone = type === "LAMBDA" || type === "ALB";
  if (alone && lacking.length > 0 && (await listTargets(client, targetGroupIdentifier)).length > 0) {
    throw new CandidateNotReady(`${name} still drains its former target`);
  }
  for (const some of batches(lacking)) {
    const targets = some.map(targetOf);
    const { unsuccessful = [] } = await client.send(
      new RegisterTargetsCommand({ targetGroupIdentifier, targets }),
    );
    const [refused] = unsuccessful;
    if (refused !== undefined) {
      throw new CandidateRefused(`${refused.id} is no target for Lattice: ${refused.failureMessage}`);
    }
  }
}

/** Lattice shows the port of a target that was registered without one. */
function isSame(wanted: Target, held: { id?: string | undefined; port?: number | undefined }): boolean {
  return wanted.id === held.id && (wanted.port === undefined || wanted.port === held.port);
}

const targetOf = ({ id, port }: Target) => ({ id, ...(port === undefined ? {} : { port }) });

function* batches<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  for (let first = 0; first < items.length; first += BATCH) yield items.slice(first, first + BATCH);
}
