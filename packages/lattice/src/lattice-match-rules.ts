import {
  CreateRuleCommand,
  DeleteRuleCommand,
  type HeaderMatch,
  paginateListListeners,
  paginateListRules,
  type RuleMatch,
  UpdateRuleCommand,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { type Match, type MatchRule, type MatchRules, type Named, Unavailable } from "@espalier/rollout";
import { found, translated } from "./translated.ts";

/** The rules of a VPC Lattice service that send chosen requests to a candidate, each tagged with its name. */
export function latticeMatchRules(client: VPCLatticeClient): MatchRules {
  return {
    putMatch: (service, rule) => translated(putMatch(client, service, rule)),
    removeMatch: (service, name) => translated(removeMatch(client, service, name)),
  };
}

async function putMatch(client: VPCLatticeClient, service: Named, rule: MatchRule): Promise<void> {
  const { listener, name, group } = rule;
  const at = { serviceIdentifier: service.id, listenerIdentifier: listener };
  const action = { forward: { targetGroups: [{ targetGroupIdentifier: group, weight: 100 }] } };
  const match = ruleMatch(rule.match);
  const rules = await rulesOf(client, at);
  const existing = rules.find((one) => one.name === name);
  if (existing !== undefined) {
    await client.send(new UpdateRuleCommand({ ...at, ruleIdentifier: existing.id, match, action }));
    return;
  }
  const priority = lowestFree(rules.map((one) => one.priority));
  try {
    await client.send(
      new CreateRuleCommand({ ...at, name, match, priority, action, tags: { "espalier:match": name } }),
    );
  } catch (error) {
    // Somebody took the priority, or an earlier try of this one has made the rule: looking again tells.
    if (error instanceof Error && error.name === "ConflictException") {
      throw new Unavailable(`the rule ${name} could not be made: ${error.message}`, { cause: error });
    }
    throw error;
  }
}

async function removeMatch(client: VPCLatticeClient, service: Named, name: string): Promise<void> {
  for (const listenerIdentifier of (await found(listenersOf(client, service.id))) ?? []) {
    const at = { serviceIdentifier: service.id, listenerIdentifier };
    const rules = (await found(rulesOf(client, at))) ?? [];
    for (const { id } of rules.filter((one) => one.name === name)) {
      await found(client.send(new DeleteRuleCommand({ ...at, ruleIdentifier: id })));
    }
  }
}

async function listenersOf(client: VPCLatticeClient, serviceIdentifier: string): Promise<string[]> {
  const listeners: string[] = [];
  for await (const { items = [] } of paginateListListeners({ client }, { serviceIdentifier })) {
    listeners.push(...items.flatMap(({ id }) => id ?? []));
  }
  return listeners;
}

async function rulesOf(
  client: VPCLatticeClient,
  at: { readonly serviceIdentifier: string; readonly listenerIdentifier: string },
) {
  const rules: { id: string | undefined; name: string | undefined; priority: number | undefined }[] = [];
  for await (const { items = [] } of paginateListRules({ client }, at)) {
    rules.push(...items.map(({ id, name, priority }) => ({ id, name, priority })));
  }
  return rules;
}

// https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateRule.html
const LAST_PRIORITY = 100;

/** The rules of lower numbers are tried first. */
function lowestFree(taken: readonly (number | undefined)[]): number {
  for (let priority = 1; priority <= LAST_PRIORITY; priority += 1) {
    if (!taken.includes(priority)) return priority;
  }
  throw new Error(`all ${LAST_PRIORITY} priorities of the listener are taken; remove a rule`);
}

function ruleMatch({ header, method, path }: Match): RuleMatch {
  return {
    httpMatch: {
      ...(method && { method }),
      ...(path && { pathMatch: { match: pathMatchOf(path), caseSensitive: true } }),
      ...(header && { headerMatches: [headerMatch(header)] }),
    },
  };
}

const pathMatchOf = ({ exact, prefix = "" }: NonNullable<Match["path"]>) =>
  exact === undefined ? { prefix } : { exact };

function headerMatch({ name, exact, prefix, contains = "" }: NonNullable<Match["header"]>): HeaderMatch {
  const match = exact === undefined ? (prefix === undefined ? { contains } : { prefix }) : { exact };
  return { name, match, caseSensitive: true };
}
