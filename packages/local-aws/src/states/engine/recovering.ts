import type { Catcher, Retrier } from "../definition/state-machine-definition.ts";
import { conclude } from "./conclude.ts";
import type { Entry, Exit } from "./entry.ts";
import { sleep } from "./pause.ts";
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
  const { platform } = entry.strand.surroundings;
  const used = state.Retry.map(() => 0);
  while (true) {
    try {
      return await attempt();
    } catch (failure) {
      if (!(failure instanceof StateFailure)) throw failure;
      const index = state.Retry.findIndex(({ ErrorEquals }) => covers(ErrorEquals, failure));
      const retrier = state.Retry[index];
      const tries = used[index] ?? 0;
      if (retrier === undefined || tries >= retrier.MaxAttempts) {
        givenUp();
        return await caught(state.Catch, entry, failure);
      }
      used[index] = tries + 1;
      entry.retryCount += 1;
      await sleep(entry.strand, retryDelay(retrier, tries, platform.random));
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
