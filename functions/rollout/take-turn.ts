import {
  type Instant,
  type Lock,
  type Named,
  type RolloutRequest,
  type RolloutStore,
  type ServiceLocks,
  type ServiceQueue,
  Unavailable,
  type Waiting,
  type Waker,
} from "@espalier/rollout";

/** What taking a turn at a service needs. */
export interface Turns {
  readonly locks: ServiceLocks;
  readonly queue: ServiceQueue;
  readonly store: Pick<RolloutStore, "receive">;
  readonly wake: Waker;
}

/** A rollout that wants a service. */
export interface Contender {
  readonly id: string;
  readonly execution: string;
  readonly at: Instant;
  readonly service: Named;
  readonly request: RolloutRequest;
}

/** Whose turn it is: the contender's, who then holds the lock; or, in words, whose before it. */
export type TurnTaken =
  | { readonly type: "ours" }
  | { readonly type: "duplicate" }
  | { readonly type: "behind"; readonly reason: string };

/**
 * Takes the lock of a service, unless somebody holds it or has waited for longer; then the contender gets a place in the queue if
 * its request says so. It looks again once it has the place, since whoever gives the lock back wakes only who is in the queue.
 */
export async function takeTurn(turns: Turns, contender: Contender): Promise<TurnTaken> {
  const waits = contender.request.whenLocked !== "refuse";
  const tried = await tryTurn(turns, contender);
  if (tried.type !== "behind" || !waits) return tried;
  const { id, execution, at, service, request } = contender;
  const first = request.whenLocked === "supersede";
  const place: Waiting = { service: service.arn, rollout: id, owner: execution, at, first };
  if (!(await turns.queue.join(place))) return { type: "duplicate" };
  const again = await tryTurn(turns, contender);
  if (again.type !== "behind" || !first) return again;
  const unasked = await supersede(turns, contender);
  return unasked === undefined ? again : { ...again, reason: `${again.reason}, ${unasked}` };
}

async function tryTurn(
  { locks, queue }: Turns,
  { id, execution, at, service }: Contender,
): Promise<TurnTaken> {
  const [next] = await queue.of(service.arn);
  if (next?.rollout === id && next.owner !== execution) return { type: "duplicate" };
  if (next !== undefined && next.rollout !== id) {
    // Only whoever waits may take it; but a lock that is ours already stays ours.
    const held = await locks.read(service.arn);
    if (held?.owner === execution) return { type: "ours" };
    const reason = held ? heldBy(service, held) : `service ${service.name} is waited for by ${next.rollout}`;
    return { type: "behind", reason };
  }
  const lock = { service: service.arn, rollout: id, owner: execution, generation: 1, at };
  const holder = await locks.take({ ...lock, work: "rollout" });
  if (holder.owner === execution) return { type: "ours" };
  if (holder.rollout === id) return { type: "duplicate" };
  // That takes seconds, so that asking again is better than refusing.
  if (holder.work === "cleanup")
    throw new Unavailable(`${service.name} is just being cleared of idle groups`);
  return { type: "behind", reason: heldBy(service, holder) };
}

const heldBy = ({ name }: Named, { work, rollout, at }: Lock) =>
  `service ${name} is held by ${work} ${rollout} since ${at}`;

/** Asks the rollout that holds the service to stop, or says why that was not possible. Asking once more is the same command. */
async function supersede(
  { locks, store, wake }: Turns,
  { id, at, service, request }: Contender,
): Promise<string | undefined> {
  const holder = await locks.read(service.arn);
  if (holder?.work !== "rollout" || holder.rollout === id) return undefined;
  const receipt = await store.receive(holder.rollout, {
    id: `superseded-by/${id}`,
    type: "abort",
    at,
    why: `superseded by ${id}`,
    ...(request.requestedBy === undefined ? {} : { by: request.requestedBy }),
  });
  if (receipt.type !== "received" && receipt.type !== "repeated") return UNASKED[receipt.type];
  if (receipt.token !== undefined) await wake(receipt.token);
  return undefined;
}

const UNASKED = {
  full: "which has too many commands unanswered to be asked to stop",
  settled: "which is just ending",
  unknown: "which is asked to stop once it has begun",
} as const;
