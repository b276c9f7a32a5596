import { GetTargetGroupCommand, type VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import type { MadeGroup, Named } from "@espalier/rollout";
import { listTargetGroups, tagsOf } from "../topology/list.ts";
import { found } from "../translated.ts";
import { settingsText } from "./group-settings.ts";
import { groupTags, namePrefix } from "./group-tags.ts";

/** The target groups whose tags say that they were made here. What is deleted while it is read is not there. */
export async function madeGroups(client: VPCLatticeClient, service?: Named): Promise<MadeGroup[]> {
  const prefix = namePrefix(service);
  const named = (await listTargetGroups(client)).filter(({ name }) => name.startsWith(prefix));
  const made = await Promise.all(named.map((group) => found(madeGroup(client, group))));
  const ours = made.flatMap((group) => group ?? []);
  return service === undefined ? ours : ours.filter((group) => group.service === service.arn);
}

async function madeGroup(client: VPCLatticeClient, group: Named): Promise<MadeGroup | undefined> {
  const {
    [groupTags.service]: service,
    [groupTags.rollout]: rollout = "",
    [groupTags.contents]: contents = "",
  } = await tagsOf(client, group.arn);
  if (service === undefined) return undefined;
  const get = new GetTargetGroupCommand({ targetGroupIdentifier: group.id });
  const { type, config, status = "" } = await client.send(get);
  if (type === undefined) return undefined;
  return { ...group, type, status, service, rollout, contents, settings: settingsText(type, config) };
}
