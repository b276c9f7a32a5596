import {
  type Bus,
  type Command,
  type Commit,
  dueSnapshot,
  lastSeq,
  type Meta,
  type Recent,
  type Rollout,
  type RolloutEvent,
  type RolloutStore,
  Superseded,
  stateOf,
  summary,
  type Telling,
  unanswered,
} from "@espalier/rollout";
import type { Turn } from "./turn.ts";

/** What a decision comes to: events, and the commands that they answer. The others stay for the next decision. */
export interface Decided {
  readonly events: readonly RolloutEvent[];
  readonly answered: readonly Command[];
}

/**
 * Decides on a rollout, given the commands that nothing has answered yet. It may be asked again if another commit came. What it looks
 * up has to be looked up then: a nudge about it that came before the rollout was read keeps nobody from waiting.
 */
export type Decision = (rollout: Rollout, commands: readonly Command[]) => Decided | Promise<Decided>;

/** Where a decision has left a rollout. `meta` is as it was when the decision was made. */
export interface Advanced {
  readonly rollout: Rollout;
  readonly meta: Meta;
}

// Only a superseded execution and its successor can decide at once, so a few tries are plenty.
const MOST_TRIES = 10;

/**
 * Makes one decision on a rollout durable: reads it, decides, appends the events as one commit and tells them. Somebody
 * else's commit in between makes it decide again. Events of earlier commits that were not told, perhaps because a handler
 * died, are told first.
 */
export async function advance(
  { store, bus }: { readonly store: RolloutStore; readonly bus: Bus },
  turn: Turn,
  decision: Decision,
): Promise<Advanced> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const recent = await store.load(turn.rollout);
    const meta = ownMeta(recent, turn);
    const rollout = stateOf(recent);
    const { events, answered } = await decision(rollout, unanswered(recent));
    if (events.length === 0 && answered.length === 0) {
      await publish({ store, bus }, recent.commits, meta, rollout);
      return { rollout, meta };
    }
    const commit: Commit = {
      seq: lastSeq(recent) + 1,
      owner: turn.execution,
      events: [...events],
      commandIds: answered.map(({ id }) => id),
    };
    if (!(await store.commit(turn.rollout, commit))) continue;
    const next = { ...recent, commits: [...recent.commits, commit] };
    const after = stateOf(next);
    await publish({ store, bus }, next.commits, meta, after);
    // Only of what has been told, so that nobody has to look behind it.
    const snapshot = dueSnapshot(next);
    if (snapshot !== undefined) await store.keep(turn.rollout, snapshot);
    return { rollout: after, meta };
  }
  throw new Error(`the history of ${turn.rollout} did not stand still for a decision`);
}

/** The meta of a rollout that this execution runs. Throws Superseded where another one does. */
export function ownMeta({ meta }: Pick<Recent, "meta">, { rollout, execution, generation }: Turn): Meta {
  if (meta === undefined) throw new Error(`nothing is stored of the rollout ${rollout}`);
  if (meta.owner !== execution || meta.generation !== generation) {
    throw new Superseded(`${rollout} is run by ${meta.owner} in generation ${meta.generation}`);
  }
  return meta;
}

/** Tells what was not told yet, then notes how far it has come: told at least once, also after a crash between the two. */
export async function publish(
  { store, bus }: { readonly store: RolloutStore; readonly bus: Bus },
  commits: readonly Commit[],
  { id, publishedSeq }: Pick<Meta, "id" | "publishedSeq">,
  rollout: Rollout,
): Promise<void> {
  const untold = commits.filter(({ seq }) => seq > publishedSeq);
  const last = untold.at(-1);
  if (last === undefined) return;
  await bus.tell(untold.flatMap((commit) => tellings(id, commit)));
  await store.markPublished(id, last.seq, summary(rollout));
}

function tellings(rollout: string, { seq, events }: Commit): Telling[] {
  return events.map((event, k) => ({ ...event, rollout, eventId: `${rollout}/${seq}.${k}` }));
}
