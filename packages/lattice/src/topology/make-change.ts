import { GetListenerCommand, GetRuleCommand, type VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { sameAction, type Write } from "@espalier/topology";
import { readAction } from "./lattice-shapes.ts";
import { send } from "./send.ts";

/**
 * Makes one write: once more after it succeeded does nothing. `stale` when an action is no longer what the plan saw, in
 * which case nothing is written: Lattice has no optimistic lock, so this look just before is all there is.
 * `token` makes a repeated creation the same creation.
 */
export async function makeChange(
  client: VPCLatticeClient,
  write: Write,
  token: string,
): Promise<"made" | "stale"> {
  if (await isStale(client, write)) return "stale";
  await send(client, write, token).catch((error: Error) => {
    // What is to be deleted has gone already.
    const done = /^(Delete|Deregister)/.test(write.operation) && error.name === "ResourceNotFoundException";
    if (!done) throw error;
  });
  return "made";
}

async function isStale(client: VPCLatticeClient, write: Write): Promise<boolean> {
  switch (write.operation) {
    case "UpdateListener": {
      const { serviceIdentifier, listenerIdentifier } = write.input;
      const listener = await client.send(new GetListenerCommand({ serviceIdentifier, listenerIdentifier }));
      const now = readAction(listener.defaultAction);
      return !sameAction(now, write.was) && !sameAction(now, write.input.defaultAction);
    }
    case "UpdateRule": {
      const { serviceIdentifier, listenerIdentifier, ruleIdentifier } = write.input;
      const rule = await client.send(
        new GetRuleCommand({ serviceIdentifier, listenerIdentifier, ruleIdentifier }),
      );
      const now = readAction(rule.action);
      return !sameAction(now, write.was) && !(write.input.action && sameAction(now, write.input.action));
    }
    default:
      return false;
  }
}
