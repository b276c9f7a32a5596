import {
  GetServiceCommand,
  GetTargetGroupCommand,
  ListTagsForResourceCommand,
  paginateListServices,
  paginateListTargetGroups,
  paginateListTargets,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import type { Directory, Forwarding, Found, Named, TargetGroup } from "@espalier/rollout";
import { found, translated } from "./translated.ts";

/** The services and target groups of the account, by name, id or ARN. */
export function latticeDirectory(client: VPCLatticeClient): Directory {
  return {
    service: (reference) => translated(findService(client, reference)),
    targetGroup: (reference) => translated(findTargetGroup(client, reference)),
    managedBy: (service, actions) => translated(managedBy(client, service, actions)),
  };
}

interface Entry {
  readonly id?: string | undefined;
  readonly arn?: string | undefined;
  readonly name?: string | undefined;
}

async function findService(client: VPCLatticeClient, reference: string): Promise<Found<Named>> {
  const known: Entry[] = [];
  for await (const { items } of paginateListServices({ client }, {})) known.push(...(items ?? []));
  const entry = pick(known, reference);
  if (entry === undefined) return notFound(known);
  const service = await found(client.send(new GetServiceCommand({ serviceIdentifier: entry.id })));
  return service === undefined ? notFound(known) : { type: "found", thing: named(service) };
}

async function findTargetGroup(client: VPCLatticeClient, reference: string): Promise<Found<TargetGroup>> {
  const known: Entry[] = [];
  for await (const { items } of paginateListTargetGroups({ client }, {})) known.push(...(items ?? []));
  const entry = pick(known, reference);
  if (entry === undefined) return notFound(known);
  const group = await found(client.send(new GetTargetGroupCommand({ targetGroupIdentifier: entry.id })));
  if (group === undefined) return notFound(known);
  const targets: string[] = [];
  for await (const { items } of paginateListTargets({ client }, { targetGroupIdentifier: entry.id })) {
    targets.push(...(items ?? []).flatMap(({ status }) => status ?? []));
  }
  return { type: "found", thing: { ...named(group), services: group.serviceArns ?? [], targets } };
}

function pick(known: readonly Entry[], reference: string): Entry | undefined {
  return known.find(({ id, arn, name }) => id === reference || arn === reference || name === reference);
}

const notFound = (known: readonly Entry[]) => ({
  type: "not-found" as const,
  known: known.flatMap(({ name }) => name ?? []).sort(),
});

const named = ({ id = "", arn = "", name = "" }: Entry): Named => ({ id, arn, name });

/** The AWS Gateway API Controller's tag on what it reconciles: it would overwrite any weight written here. */
const MANAGED_BY = "application-networking.k8s.aws/ManagedBy";

async function managedBy(
  client: VPCLatticeClient,
  service: Named,
  actions: readonly Forwarding[],
): Promise<string | undefined> {
  const arns = [service.arn, ...actions.map(({ place }) => arnOf(service, place))];
  for (const arn of new Set(arns)) {
    const { tags } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
    const owner = tags?.[MANAGED_BY];
    if (owner !== undefined) return `the AWS Gateway API Controller (${owner})`;
  }
  return undefined;
}

function arnOf(service: Named, place: Forwarding["place"]): string {
  const listener = `${service.arn}/listener/${place.listener}`;
  return place.type === "rule" ? `${listener}/rule/${place.rule}` : listener;
}
