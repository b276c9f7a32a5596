import { isCompared, isRatio, isThreshold, type RolloutRequest } from "@espalier/rollout";
import { way } from "@espalier/workflows";

/** What a rollout takes of each service, in the units that AWS bills. */
export interface Usage {
  readonly transitions: number;
  readonly invocations: number;
  /** Metrics asked of GetMetricData. */
  readonly metrics: number;
  /** Other calls of CloudWatch: ListMetrics and DescribeAlarms. */
  readonly requests: number;
  readonly events: number;
  readonly writes: number;
  readonly reads: number;
}

/**
 * What a run takes whose workflow goes from stop to stop, each the name of a state, from the first one to its end, and that
 * tells so many events. Transitions and invocations follow from the workflow's definition; the rest is told by the constants
 * below.
 */
export function usageOf(request: RolloutRequest, stops: readonly string[], told: number): Usage {
  const legs = new Map<string, ReturnType<typeof way>>();
  const tally = { transitions: 1, invocations: 0, looks: 0, waits: 0, decisions: 0 };
  for (const [k, to] of stops.slice(1).entries()) {
    const from = stops[k] ?? "";
    const leg = legs.get(`${from} ${to}`) ?? way("rollout", from, to);
    legs.set(`${from} ${to}`, leg);
    for (const { state, invokes } of leg) {
      tally.transitions += 1;
      if (invokes) tally.invocations += 1;
      if (state === "CollectMetrics") tally.looks += 1;
      if (state === "Decide") tally.decisions += 1;
      if (state === "Wait") tally.waits += 1;
    }
  }
  const { transitions, invocations, looks, decisions, waits } = tally;
  return {
    transitions,
    invocations,
    metrics: looks * metricsOfALook(request),
    requests: looks * requestsOfALook(request) + requestsOfAdmission(request),
    // The request itself is one.
    events: told + 1,
    writes: decisions * (WRITES.commit + WRITES.meta) + waits * WRITES.meta,
    reads: invocations * READS,
  };
}

/** Zones that Lattice counts a target group in, beside the group as a whole. */
const ZONES = 3;

/** Every statistic is read of both groups, whole and by zone: requests and errors, request times, and slow ones by threshold. */
function metricsOfALook({ metrics }: RolloutRequest): number {
  const served = metrics.filter((metric) => isCompared(metric) && !isRatio(metric)).length;
  const slow = served - (metrics.some(({ name }) => name === "errors") ? 1 : 0);
  const statistics = 2 + (slow > 0 ? 1 + slow : 0);
  const own = metrics.filter(isRatio).length * 4 + metrics.filter(isThreshold).length;
  return 2 * (1 + ZONES) * statistics + own;
}

/** The zones of both groups are looked up, and the alarms that the request names. */
const requestsOfALook = ({ alarms }: RolloutRequest): number => 2 + (alarms.length > 0 ? 1 : 0);

/** Before anything is taken and once more under the lock: the alarms, and the name of each metric of the user's own. */
function requestsOfAdmission({ alarms, metrics }: RolloutRequest): number {
  const queries = 2 * metrics.filter(isRatio).length + metrics.filter(isThreshold).length;
  return 2 * ((alarms.length > 0 ? 1 : 0) + queries);
}

/** Units of a kilobyte: a commit is one item; the meta, of some two kilobytes, is written to the table and to its index. */
const WRITES = { commit: 2, meta: 4 };

/** Units of four kilobytes, read consistently: a snapshot, the commits after it, and the meta. */
const READS = 8;
