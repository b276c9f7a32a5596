import { serviceRole } from "../../test/rollout/deployed-espalier.ts";
import { failingOneIn, healthy } from "../../test/rollout/shop.ts";
import type { Player } from "./player.ts";

/** What rollouts live through, one story after the other, so that every function of the engine is called in every way. */
export const stories: readonly ((player: Player) => Promise<void>)[] = [
  watchedAndStopped,
  takenInTurnsAndBack,
  candidatesToMake,
  worse,
  moved,
  killed,
];

const ROOT = new URL("../..", import.meta.url).pathname;
const versions = { v1: healthy, v2: healthy };
const bake = (bakeMinutes: number) => ({
  strategy: { type: "canary", steps: [{ weight: 10, bakeMinutes }] },
});

/** Every gate and metric; everything that can hold it; an alarm that ends it. */
async function watchedAndStopped({ aws, ...player }: Player): Promise<void> {
  await player.open("watched", versions);
  const alarm = { AlarmName: "complaints", Namespace: "Shop", MetricName: "Complaints", Statistic: "Sum" };
  await aws.call("monitoring", "PutMetricAlarm", {
    ...{ ...alarm, Period: 60, EvaluationPeriods: 1, Threshold: 1, TreatMissingData: "ignore" },
    ComparisonOperator: "GreaterThanThreshold",
  });
  const state = async (StateValue: string) => {
    const change = { AlarmName: alarm.AlarmName, StateValue, StateReason: "a story" };
    await aws.call("monitoring", "SetAlarmState", change);
    await player.settle();
  };
  await state("OK");
  const MetricData = ["Baskets", "BasketsLost", "QueueAge"].map((MetricName) => ({ MetricName, Value: 1 }));
  await aws.call("monitoring", "PutMetricData", { Namespace: "Shop", MetricData });
  const query = (metric: string) => ({ namespace: "Shop", metric });
  const ask = { lambda: hook({ aws }), withinMinutes: 5 };
  await player.start("watched", "watched", {
    metrics: [
      { name: "errors", weight: 2 },
      { name: "slowAtP90", weight: 1 },
      { name: "slowAtP99", weight: 1, slowerThanMs: 800 },
      { name: "baskets", weight: 1, dryRun: true, bad: query("BasketsLost"), total: query("Baskets") },
      { name: "queueAge", query: query("QueueAge"), above: 300, forMinutes: 5, dryRun: true },
    ],
    ...{
      alarms: ["complaints"],
      hooks: [
        { at: "start", ...ask },
        { at: "roll-back", ...ask },
      ],
    },
    strategy: {
      type: "canary",
      steps: [
        { weight: 10, bakeMinutes: 2, hook: ask },
        { weight: 50, bakeMinutes: 60, approval: { withinMinutes: 60, otherwise: "roll-back" } },
      ],
    },
  });
  await player.minutes(1);
  await player.command("pause", "watched");
  await player.minutes(1);
  await player.command("resume", "watched");
  await player.ask("Freeze Requested", { frozen: true });
  await player.minutes(1);
  await player.ask("Freeze Requested", { frozen: false });
  await player.minutes(2);
  await player.command("approve", "watched");
  aws.faults.arrange({ kind: "error", service: "monitoring", operation: "GetMetricData" });
  await player.minutes(3);
  aws.faults.clear();
  await state("ALARM");
  await player.minutes(2);
}

/** One waits for another; it is promoted by word, and taken back. */
async function takenInTurnsAndBack(player: Player): Promise<void> {
  await player.open("queued", versions);
  await player.start("first", "queued", bake(30));
  await player.start("second", "queued", { ...bake(30), whenLocked: "queue" });
  await player.command("abort", "first");
  await player.minutes(2);
  await player.command("promote", "second");
  await player.minutes(2);
  await player.ask("Rollout Undo Requested", { rollout: "second" });
  await player.minutes(2);
}

async function candidatesToMake(player: Player): Promise<void> {
  await player.open("made", { v1: healthy });
  await player.start("version", "made", { ...bake(1), candidate: published(player) });
  await player.minutes(6);
  const listed = { type: "IP", targets: [{ id: "no-address" }] };
  await player.start("listed", "made", { ...bake(1), candidate: listed });
  await player.minutes(2);
  await player.schedule("sweep-leftovers");
}

async function worse(player: Player): Promise<void> {
  await player.open("worse", { v1: healthy, v2: failingOneIn(2) });
  await player.start("worse", "worse", bake(30));
  await player.minutes(5);
}

/** Chosen callers first, then weights that somebody else has written. */
async function moved(player: Player): Promise<void> {
  const { setWeights } = await player.open("moved", versions);
  const match = { header: { name: "x-canary", exact: "yes" } };
  const steps = [{ weight: 20, bakeMinutes: 1 }];
  await player.start("moved", "moved", { strategy: { type: "header", match, bakeMinutes: 2, steps } });
  await player.minutes(1);
  await setWeights({ v1: 70, v2: 30 });
  await player.minutes(5);
}

/** An execution that is stopped, a shift that only crashes, and the sweeps after both. */
async function killed(player: Player): Promise<void> {
  const { aws, machine: stateMachineArn } = player;
  await player.open("stopped", versions);
  await player.start("stopped", "stopped", bake(30));
  await player.minutes(1);
  const running = await aws.call("states", "ListExecutions", { stateMachineArn, statusFilter: "RUNNING" });
  for (const { executionArn } of running.executions) {
    await aws.call("states", "StopExecution", { executionArn });
  }
  await player.minutes(2);
  await player.open("crashed", versions);
  aws.faults.arrange({ kind: "crash-before", function: "shift-weights" });
  await player.start("crashed", "crashed", bake(1));
  await player.minutes(3);
  aws.faults.clear();
  await player.schedule("sweep");
  await player.schedule("sweep", { again: "crashed" });
  await player.minutes(1);
}

const hook = ({ aws }: Pick<Player, "aws">) => answering(aws, "espalier-hook-asked", "hook");

const published = ({ aws }: Pick<Player, "aws">) => answering(aws, "made-function", "answers-lattice", "7");

function answering(aws: Player["aws"], name: string, file: string, version?: string): string {
  return aws.lambda.putFunction({
    ...{ name, ...(version === undefined ? {} : { version }), environment: {} },
    ...{ directory: ROOT, handler: `test/rollout/handlers/${file}.handler` },
    ...{ roleArn: serviceRole(aws, `${name}-role`), timeoutSeconds: 10, memoryMb: 128 },
  });
}
