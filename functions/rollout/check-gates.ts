import {
  type Alarms,
  type FunctionDirectory,
  type Instant,
  isRatio,
  isThreshold,
  type Metric,
  type MetricCatalogue,
  type Named,
  type Query,
  queryFor,
  type RolloutRequest,
} from "@espalier/rollout";
import { addressesOf, hooksOf } from "./hooks-of.ts";

/** What looking at a rollout's gates needs: reading only. */
export interface GateSources {
  readonly alarms: Alarms;
  readonly functions: Pick<FunctionDirectory, "exists">;
  readonly catalogue: MetricCatalogue;
  /** Whether hooks are asked from inside a VPC, where services on Lattice answer. */
  readonly asksAddresses: boolean;
}

/** What was found of the gates: why the rollout is not to begin, and the present values of the user's own metrics. */
export interface Gates {
  readonly problems: readonly string[];
  readonly notes: string[];
}

/** Looks at everything that a request names to be judged or stopped by, before anything moves. */
export async function checkGates(
  { alarms, functions, catalogue, asksAddresses }: GateSources,
  request: RolloutRequest,
  arms: readonly Named[],
  at: Instant,
): Promise<Gates> {
  const [alarming, hooking, measuring] = await Promise.all([
    alarmProblems(alarms, request),
    hookProblems(functions, request),
    readMetrics(catalogue, request, arms, at),
  ]);
  const unreachable = asksAddresses ? [] : addressesOf(request).map(unaskable);
  return {
    problems: [...alarming, ...hooking, ...unreachable, ...measuring.problems],
    notes: measuring.notes,
  };
}

async function alarmProblems(alarms: Alarms, { alarms: names }: RolloutRequest): Promise<string[]> {
  const states = new Map((await alarms.states(names)).map(({ name, state }) => [name, state]));
  return names.flatMap((name, k) => {
    const state = states.get(name);
    const field = `alarms[${k}] is ${JSON.stringify(name)}`;
    if (state === undefined) return [`${field}; there is no such alarm in CloudWatch here`];
    if (state !== "ALARM") return [];
    return [`${field}, which is in ALARM already; wait until it is OK, or leave it out`];
  });
}

async function hookProblems(
  functions: Pick<FunctionDirectory, "exists">,
  request: RolloutRequest,
): Promise<string[]> {
  const checked = hooksOf(request).map(async ({ field, lambda }) => {
    const problem = await hookProblem(functions, lambda);
    return problem === undefined ? [] : [`${field} is ${JSON.stringify(lambda)}; ${problem}`];
  });
  return (await Promise.all(checked)).flat();
}

// No other function may be invoked as a hook: see stacks/rollout-functions.ts.
const HOOK_PREFIX = "espalier-hook-";

async function hookProblem(functions: Pick<FunctionDirectory, "exists">, lambda: string) {
  const name = lambda.split(":")[6] ?? "";
  if (!name.startsWith(HOOK_PREFIX))
    return `a hook's name begins with ${HOOK_PREFIX}, or it may not be invoked`;
  return (await functions.exists(lambda)) ? undefined : "there is no such function here";
}

/** See stacks/hook-network.ts. */
const unaskable = ({ field, url }: { field: string; url: string }) =>
  `${field} is ${JSON.stringify(url)}; this deployment asks no addresses, since its function run-hook is in no VPC: name a function, or deploy with ESPALIER_HOOK_SUBNETS and ESPALIER_HOOK_SECURITY_GROUPS`;

async function readMetrics(
  catalogue: MetricCatalogue,
  { metrics }: RolloutRequest,
  arms: readonly Named[],
  at: Instant,
): Promise<Gates> {
  const problems: string[] = [];
  const notes: string[] = [];
  for (const { field, name, query } of metrics.flatMap(queriesOf)) {
    const known = await catalogue.names(query.namespace);
    if (!known.includes(query.metric)) {
      problems.push(`${field}.metric is ${JSON.stringify(query.metric)}; ${instead(query.namespace, known)}`);
      continue;
    }
    for (const { about, asked } of askedAbout(query, arms)) {
      const value = await catalogue.value(asked, at);
      const said = value === null ? "nothing in the last 15 min" : `${value} in the last 15 min`;
      notes.push(`metric ${name}: the ${asked.statistic} of ${query.metric}${about} is ${said}`);
    }
  }
  return { problems, notes };
}

const SUGGESTED = 10;

function instead(namespace: string, known: readonly string[]): string {
  if (known.length === 0) return `CloudWatch has no metrics of the namespace ${JSON.stringify(namespace)}`;
  return `CloudWatch has no such metric, there are ${known.slice(0, SUGGESTED).join(", ")}${known.length > SUGGESTED ? ", ..." : ""}`;
}

function queriesOf(metric: Metric, k: number): { field: string; name: string; query: Query }[] {
  const { name } = metric;
  if (isThreshold(metric)) return [{ field: `metrics[${k}].query`, name, query: metric.query }];
  if (!isRatio(metric)) return [];
  return [
    { field: `metrics[${k}].bad`, name, query: metric.bad },
    { field: `metrics[${k}].total`, name, query: metric.total },
  ];
}

/** A query that tells the arms apart is asked about each of them. */
function askedAbout(query: Query, arms: readonly Named[]): { about: string; asked: Query }[] {
  const [first] = arms;
  const apart = first !== undefined && JSON.stringify(queryFor(query, first.id)) !== JSON.stringify(query);
  if (!apart) return [{ about: "", asked: query }];
  return arms.map(({ id, name }) => ({ about: ` of ${name}`, asked: queryFor(query, id) }));
}
