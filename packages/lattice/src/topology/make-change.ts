import { GetListenerCommand, GetRuleCommand, type VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import {
  type LatticeAction,
  type Learnt,
  sameAction,
  type Write,
  type WriteAction,
} from "@espalier/topology";
import type { TopologyClients } from "./clients.ts";
import { readAction } from "./lattice-shapes.ts";
import { send, silent } from "./send.ts";

/** What making a write came to: written as answered, or another action `seen` in the place of the one to rewrite. */
export type Made = Exclude<Learnt, { type: "nothing" }>;

/**
 * Makes one write: once more after it succeeded does nothing. Where an action is no longer what the plan saw, nothing is
 * written: Lattice has no optimistic lock, so this look just before is all there is. `token` makes a repeated creation the
 * same creation.
 */
export async function makeChange(clients: TopologyClients, write: Write, token: string): Promise<Made> {
  const now = await otherThanPlanned(clients.lattice, write);
  if (now !== undefined) return { type: "seen", write, now };
  const answer = await send(clients, write, token).catch((error: Error) => {
    if (!isDone(write, error)) throw error;
    return silent;
  });
  return { type: "written", write, answer };
}

/** Whether a failure says that it has been done before: what is to be deleted is gone, what is to be permitted is. */
function isDone({ operation }: Write, { name }: Error): boolean {
  if (operation === "AddPermission") return name === "ResourceConflictException";
  const leaves = /^(Delete|Deregister|Disassociate)/.test(operation);
  return leaves && (name === "ResourceNotFoundException" || name === "UnknownResourceException");
}

/** The action that is there now, if it is neither the one that the plan saw nor the one to be written. */
async function otherThanPlanned(client: VPCLatticeClient, write: Write): Promise<WriteAction | undefined> {
  switch (write.operation) {
    case "UpdateListener": {
      const { serviceIdentifier, listenerIdentifier } = write.input;
      const listener = await client.send(new GetListenerCommand({ serviceIdentifier, listenerIdentifier }));
      return unlessOneOf(readAction(listener.defaultAction), write.was, write.input.defaultAction);
    }
    case "UpdateRule": {
      const { serviceIdentifier, listenerIdentifier, ruleIdentifier } = write.input;
      const rule = await client.send(
        new GetRuleCommand({ serviceIdentifier, listenerIdentifier, ruleIdentifier }),
      );
      return unlessOneOf(readAction(rule.action), write.was, write.input.action);
    }
    default:
      return undefined;
  }
}

const unlessOneOf = (now: LatticeAction, ...known: readonly (WriteAction | undefined)[]) =>
  known.some((action) => action !== undefined && sameAction(now, action))
    ? undefined
    : (structuredClone(now) as WriteAction);
