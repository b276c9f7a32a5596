import { isDeepStrictEqual } from "node:util";
import { detailTypeOf, replay, summary } from "../../packages/rollout/src/index.ts";
import type { Played, Story } from "./play.ts";
import { weightViolations } from "./weight-violations.ts";

const ENDS = [
  "rollout-promoted",
  "rollout-rolled-back",
  "rollout-stopped",
  "rollout-shifted",
  "rollout-shifted-back",
  "rollout-refused",
] as const;
const titles: readonly string[] = ENDS.map((type) => detailTypeOf({ type }));

/** What a run broke of what must hold whatever happens: a sentence each. */
export function violationsOf(played: Omit<Played, "scenario">): string[] {
  return [
    ...played.left.map((what) => `it has not ended after ${played.minutes} minutes: ${what}`),
    ...played.stories.flatMap((story) => [...ends(story), ...replays(story), ...tellsOnce(story, played)]),
    ...weightViolations(played),
  ];
}

const endsIn = ({ history }: Story) => history.filter(({ type }) => ENDS.some((end) => end === type));

function ends(story: Story): string[] {
  const { id, history } = story;
  // A request that came to nothing is no rollout: what asked for an undo of nothing, or was answered on the bus alone.
  if (history.length === 0) return [];
  const count = endsIn(story).length;
  return count === 1 ? [] : [`${id} has ${count} endings: ${history.map(({ type }) => type).join(", ")}`];
}

function replays({ id, history, summary: stored }: Story): string[] {
  if (history.length === 0) return [];
  const replayed = JSON.parse(JSON.stringify(summary(replay(history)) ?? null));
  if (isDeepStrictEqual(replayed, stored)) return [];
  return [
    `the history of ${id} replays to ${JSON.stringify(replayed)}, and stored is ${JSON.stringify(stored)}`,
  ];
}

/** Told at least once; and every telling of the end means the same. */
function tellsOnce(story: Story, { told }: Pick<Played, "told">): string[] {
  const [end] = endsIn(story);
  if (end === undefined) return [];
  const type = detailTypeOf(end);
  const tellings = told.filter((one) => one.rollout === story.id);
  const ends = tellings.filter((one) => titles.includes(one.type));
  const meanings = ends.filter((one, k) => ends.findIndex((other) => isDeepStrictEqual(one, other)) === k);
  if (meanings.length === 1 && tellings.some((one) => one.type === type)) return [];
  return [`the end of ${story.id}, ${type}, was told with ${meanings.length} meanings`];
}
