import type { Catcher, Retrier } from "../definition/state-machine-definition.ts";
import { conclude } from "./conclude.ts";
import { type Entry, type Exit, nowDoing, takeUp } from "./entry.ts";
import { sleepUntil } from "./pause.ts";
import { retryDelay } from "./retry-delay.ts";
import { covers, errorOutput, StateFailure } from "./state-failure.ts";

/** The part of a state that says what to do about failures. */
export interface Recovery {
  readonly Retry: readonly Retrier[];
  readonly Catch: readonly Catcher[];
}

/**
 * Attempts a state until it succeeds, its Retriers are used up, or a Catcher takes over. `givenUp` is told of the failure
 * that is not retried, before it is caught.
 */
export async function recovering(
  state: Recovery,
  entry: Entry,
  attempt: () => Promise<Exit>,
  givenUp: () => void = () => {},
): Promise<Exit> {
  const { strand } = entry;
  const { clock, random } = strand.surroundings.platform;
  const retrying = takeUp(entry, "retrying");
  if (retrying !== undefined) await sleepUntil(strand, retrying.until);
  while (true) {
    try {
      return await attempt();
    } catch (failure) {
      if (!(failure instanceof StateFailure)) throw failure;
      const index = state.Retry.findIndex(({ ErrorEquals }) => covers(ErrorEquals, failure));
      const retrier = state.Retry[index];
      const tries = entry.tries.used[index] ?? 0;
      if (retrier === undefined || tries >= retrier.MaxAttempts) {
        givenUp();
        return await caught(state.Catch, entry, failure);
      }
      const used = state.Retry.map((_, other) => (entry.tries.used[other] ?? 0) + (other === index ? 1 : 0));
      entry.tries = { retryCount: entry.tries.retryCount + 1, used };
      const until = clock.now() + retryDelay(retrier, tries, random);
      nowDoing(entry, { type: "retrying", until });
      await sleepUntil(strand, until);
    }
  }
}

async function caught(catchers: readonly Catcher[], entry: Entry, failure: StateFailure): Promise<Exit> {
  const index = catchers.findIndex(({ ErrorEquals }) => covers(ErrorEquals, failure));
  const catcher = catchers[index];
  if (catcher === undefined) throw failure;
  const output = errorOutput(failure);
  return await conclude(catcher, entry, output, { errorOutput: output }, `Catch[${index}]/`);
}
