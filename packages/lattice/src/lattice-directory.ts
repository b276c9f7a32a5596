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

function findService(client: VPCLatticeClient, reference: string): Promise<Found<Named>> {
  const get = async (serviceIdentifier: string) => {
    const service = await found(client.send(new GetServiceCommand({ serviceIdentifier })));
    return service === undefined ? undefined : named(service);
  };
  return find(reference, /svc-[0-9a-z]{17}$/, get, () => paginateListServices({ client }, {}));
}

function findTargetGroup(client: VPCLatticeClient, reference: string): Promise<Found<TargetGroup>> {
  const get = async (targetGroupIdentifier: string) => {
    const group = await found(client.send(new GetTargetGroupCommand({ targetGroupIdentifier })));
    if (group === undefined) return undefined;
    const targets: string[] = [];
    for await (const { items } of paginateListTargets({ client }, { targetGroupIdentifier })) {
      targets.push(...(items ?? []).flatMap(({ status }) => status ?? []));
    }
    return { ...named(group), services: group.serviceArns ?? [], targets };
  };
  return find(reference, /tg-[0-9a-z]{17}$/, get, () => paginateListTargetGroups({ client }, {}));
}

/** An id, or the ARN that it ends, is asked for by itself; a name is looked for in the list, which an account may have pages of. */
async function find<Thing extends Named>(
  reference: string,
  ending: RegExp,
  get: (id: string) => Promise<Thing | undefined>,
  list: () => AsyncIterable<{ readonly items?: readonly Entry[] | undefined }>,
): Promise<Found<Thing>> {
  const [id] = ending.exec(reference) ?? [];
  const meant = id === undefined ? undefined : await get(id);
  if (meant !== undefined && isCalled(meant, reference)) return { type: "found", thing: meant };
  const known: Entry[] = [];
  for await (const { items } of list()) known.push(...(items ?? []));
  const entry = known.find((one) => isCalled(one, reference));
  const thing = entry?.id === undefined ? undefined : await get(entry.id);
  return thing === undefined ? notFound(known) : { type: "found", thing };
}

const isCalled = ({ id, arn, name }: Entry, reference: string) => [id, arn, name].includes(reference);

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
