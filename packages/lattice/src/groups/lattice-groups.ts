import {
  CreateTargetGroupCommand,
  GetTargetGroupCommand,
  TagResourceCommand,
  type TargetGroupConfig,
  UpdateTargetGroupCommand,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { type CandidateGroups, CandidateRefused, type GroupOrder, type MadeGroup } from "@espalier/rollout";
import { listTargets } from "../topology/list.ts";
import { translated } from "../translated.ts";
import { fillGroup } from "./fill-group.ts";
import { contentsText, digest, settingsLike, settingsText } from "./group-settings.ts";
import { groupTags, namePrefix } from "./group-tags.ts";
import { madeGroups } from "./made-groups.ts";
import { removeGroup } from "./remove-group.ts";

/** The target groups that are made for candidates in VPC Lattice. */
export function latticeGroups(client: VPCLatticeClient): CandidateGroups {
  const settingsFor = async ({ stable, type }: GroupOrder) =>
    settingsLike(await client.send(new GetTargetGroupCommand({ targetGroupIdentifier: stable })), type);
  const tag = (resourceArn: string, tags: Record<string, string>) =>
    client.send(new TagResourceCommand({ resourceArn, tags }));

  async function make(order: GroupOrder): Promise<void> {
    const config = await settingsFor(order);
    if (config === undefined) throw new Error(`there is no ${order.type} group like ${order.stable}`);
    const create = {
      name: nameFor(order),
      type: order.type,
      config,
      tags: { [groupTags.service]: order.service.arn, ...tagsFor(order, config) },
      clientToken: digest(order.rollout, order.service.arn),
    };
    try {
      await client.send(new CreateTargetGroupCommand(create));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== "ConflictException") throw error;
      throw new CandidateRefused(`a group ${create.name} cannot be made: ${error.message}`, { cause: error });
    }
  }

  async function refit(group: MadeGroup, order: GroupOrder): Promise<void> {
    const config = await settingsFor(order);
    if (config?.healthCheck !== undefined) {
      const update = { targetGroupIdentifier: group.id, healthCheck: config.healthCheck };
      await client.send(new UpdateTargetGroupCommand(update));
    }
    await tag(group.arn, tagsFor(order, config));
  }

  return {
    async specify(order) {
      const config = await translated(settingsFor(order));
      if (config !== undefined) return { type: "specified", ...specification(order, config) };
      return {
        type: "impossible",
        problem: `a group of type ${order.type} cannot be made like the stable one, which has no VPC, port and protocol; make the group and name it`,
      };
    },
    made: (service) => translated(madeGroups(client, service)),
    make: (order) => translated(make(order)),
    refit: (group, order) => translated(refit(group, order)),
    claim: async ({ arn }, rollout) => {
      await translated(tag(arn, { [groupTags.rollout]: rollout }));
    },
    fill: (group, targets) => translated(fillGroup(client, group, targets)),
    targets: async ({ id }) =>
      (await translated(listTargets(client, id))).map(({ id: target = "", port }) => ({ id: target, port })),
    health: async ({ id }) =>
      (await translated(listTargets(client, id))).flatMap(({ status }) => status ?? []),
    remove: ({ id }) => translated(removeGroup(client, id)),
  };
}

/** `espalier-inventory-1f0c39a2`: one rollout makes one group. */
const nameFor = ({ service, rollout }: GroupOrder) => `${namePrefix(service)}${digest(rollout).slice(0, 8)}`;

function tagsFor(order: GroupOrder, config: TargetGroupConfig | undefined): Record<string, string> {
  return {
    [groupTags.rollout]: order.rollout,
    [groupTags.contents]: specification(order, config).contents,
  };
}

function specification({ type, targets }: GroupOrder, config: TargetGroupConfig | undefined) {
  const settings = settingsText(type, config);
  return { settings, contents: contentsText(settings, targets) };
}
