import {
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { listTargets } from "../topology/list.ts";
import { found } from "../translated.ts";

/** Deregisters the targets of a group and deletes it; false while targets drain. One that is gone already is fine. */
export async function removeGroup(client: VPCLatticeClient, targetGroupIdentifier: string): Promise<boolean> {
  const held = await found(listTargets(client, targetGroupIdentifier));
  if (held === undefined) return true;
  const staying = held.filter(({ status }) => status !== "DRAINING");
  if (staying.length > 0) {
    const targets = staying.map(({ id, port }) => ({ id, ...(port === undefined ? {} : { port }) }));
    await found(client.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets })));
  }
  const left = await found(listTargets(client, targetGroupIdentifier));
  if (left !== undefined && left.length > 0) return false;
  await found(client.send(new DeleteTargetGroupCommand({ targetGroupIdentifier })));
  return true;
}
