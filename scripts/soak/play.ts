import type { RolloutEvent, RolloutSummary } from "../../packages/rollout/src/index.ts";
import { failingOneIn, healthy, shop } from "../../test/rollout/shop.ts";
import { type Doing, doDeed } from "./do-deed.ts";
import type { Scenario } from "./scenario.ts";
import type { Stage, Told } from "./stage.ts";

/** The weights of every place that forwards, by version. */
export type Weights = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Weights that somebody else wrote, and when. */
export interface Foreign {
  readonly at: string;
  readonly weights: Weights;
}

/** What became of one rollout. */
export interface Story {
  readonly id: string;
  readonly history: readonly RolloutEvent[];
  readonly summary: RolloutSummary | undefined;
}

/** What was seen of a run. */
export interface Played {
  readonly scenario: Scenario;
  /** The rollouts that were asked for, first the run's own. */
  readonly stories: readonly Story[];
  readonly told: readonly Told[];
  /** The weights as they were found, each time that somebody else wrote them, and as they are at the end. */
  readonly before: Weights;
  readonly foreign: readonly Foreign[];
  readonly after: Weights;
  /** Every state of the weights that was seen on the way. */
  readonly seen: readonly Weights[];
  /** Requests that no version answered. */
  readonly unanswered: number;
  /** What still holds the service, or still runs. */
  readonly left: readonly string[];
  readonly minutes: number;
}

const MINUTE = 60_000;
const WARM_UP = 5;
const SWEEP_EVERY = 5;
// Faults end here: what is asked is that everything comes to an end whatever went wrong before, not while it goes on for ever.
const LAST_FAULTY_MINUTE = 30;
const QUIET_MINUTES = 3;
const MOST_MINUTES = 240;

/** Plays one run to its end. Everything in it is named after its seed, so that runs do not meet. */
export async function play(stage: Stage, scenario: Scenario): Promise<Played> {
  const id = `run-${scenario.seed}`;
  const candidate = scenario.failsOneIn === null ? healthy : failingOneIn(scenario.failsOneIn);
  const service = await shop(stage.aws, id, { v1: healthy, v2: candidate, other: healthy });
  if (scenario.others) {
    await service.addRule("shared", { v1: 400, other: 600 });
    await service.addRule("theirs", { other: 100 });
  }
  // Lattice tells zeros from a group's first traffic on; before it, nothing at all.
  await service.send(WARM_UP);
  await stage.clock.advance(MINUTE);
  await stage.told();
  const before = await service.weights();
  const doing: Doing = { stage, scenario, service, id, ids: [id], foreign: [] };
  const seen: Weights[] = [];
  let unanswered = 0;
  let minute = 0;
  try {
    stage.aws.faults.arrange(scenario.faults);
    await stage.ask("Rollout Requested", {
      ...scenario.wanted,
      ...{ id, service: id, candidate: `${id}-v2`, stable: `${id}-v1` },
    });
    // Events may be delivered late, so nothing is over before it has been quiet for a while.
    for (let quiet = 0; minute < MOST_MINUTES && quiet < QUIET_MINUTES; minute += 1) {
      for (const { deed } of scenario.deeds.filter((timed) => timed.minute === minute)) {
        await doDeed(doing, deed);
        seen.push(await service.weights());
      }
      if (minute === LAST_FAULTY_MINUTE) await calmDown(doing);
      unanswered += await service.send(scenario.requestsPerMinute);
      await stage.clock.advance(MINUTE);
      if (minute % SWEEP_EVERY === SWEEP_EVERY - 1) await stage.sweep();
      seen.push(await service.weights());
      quiet = (await leftOf(doing)).length === 0 ? quiet + 1 : 0;
    }
    return {
      ...{ scenario, before, seen, unanswered },
      minutes: minute,
      foreign: doing.foreign,
      after: await service.weights(),
      stories: await Promise.all(doing.ids.map((rollout) => storyOf(stage, rollout))),
      told: await stage.told(),
      left: await leftOf(doing),
    };
  } finally {
    await calmDown(doing);
    service.close();
  }
}

async function calmDown(doing: Doing): Promise<void> {
  doing.stage.aws.faults.clear();
  await doDeed(doing, { type: "freeze", frozen: false });
}

/** What still holds the service, or still runs. */
async function leftOf({ stage, service }: Doing): Promise<string[]> {
  const held = await stage.heldOf(service.serviceArn);
  return [...held.map((item) => `still held: ${JSON.stringify(item)}`), ...(await stage.running())];
}

async function storyOf(stage: Stage, id: string): Promise<Story> {
  return { id, history: await stage.history(id), summary: await stage.summary(id) };
}
