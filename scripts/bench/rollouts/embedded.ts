import { type Clock, type LocalAws, startLocalAws } from "../../../packages/local-aws/src/index.ts";
import { defaultSettings } from "../../../packages/local-aws/src/vpc-lattice/settings.ts";
import { type RolloutEvent, type RolloutSummary, table } from "../../../packages/rollout/src/index.ts";
import { type Deployed, type Deployment, deployEspalier } from "../../../test/rollout/deployed-espalier.ts";
import { plainItem } from "../../../test/rollout/plain-item.ts";

/** An embedded AWS where Espalier is deployed; scripts move its clock and look at what becomes of it. */
export interface Embedded {
  readonly aws: LocalAws;
  readonly deployed: Deployed;
  /** Puts an event on the bus. */
  ask(detailType: string, detail: object): Promise<void>;
  summary(rollout: string): Promise<RolloutSummary | undefined>;
  history(rollout: string): Promise<RolloutEvent[]>;
  close(): Promise<void>;
}

/** Starts one that has room for so many services of two versions. */
export async function embedded(
  clock: Clock,
  { services = 100, ...deployment }: { readonly services?: number } & Deployment = {},
): Promise<Embedded> {
  const quotas = { ...defaultSettings.quotas, services, targetGroups: 2 * services };
  const aws = await startLocalAws({
    ...{ clock, seed: 1, latticeChoice: "deterministic" },
    lattice: { transitionMs: 0, quotas },
  });
  const deployed = await deployEspalier(aws, deployment);
  return {
    aws,
    deployed,
    async ask(DetailType, detail) {
      const entry = {
        ...{ EventBusName: deployed.bus, Source: "a-script" },
        ...{ DetailType, Detail: JSON.stringify(detail) },
      };
      await aws.call("events", "PutEvents", { Entries: [entry] });
    },
    async summary(rollout) {
      const { pk, sk } = table.meta(rollout);
      const Key = { pk: { S: pk }, sk: { S: sk } };
      const get = { TableName: deployed.table, Key, ConsistentRead: true };
      const { Item } = await aws.call("dynamodb", "GetItem", get);
      return Item && (plainItem(Item).summary as RolloutSummary | undefined);
    },
    async history(rollout) {
      const { Items } = await aws.call("dynamodb", "Query", {
        TableName: deployed.table,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :rollout AND begins_with(sk, :commits)",
        ExpressionAttributeValues: {
          ":rollout": { S: table.partition(rollout) },
          ":commits": { S: table.commitPrefix },
        },
      });
      return Items.map(plainItem).flatMap(({ events }: { events: RolloutEvent[] }) => events);
    },
    close: () => aws.close(),
  };
}
