import {
  type Command,
  type CommandType,
  evolve,
  giveUp,
  nextStep,
  type Rollout,
  type RolloutEvent,
  replay,
  settle,
  takeTurn,
  type Weight,
} from "../src/index.ts";
import { after, command, started } from "./builders.ts";

/**
 * The protocol of a rollout, small enough to explore whole: one table item each for the meta, the history and the lock; one
 * execution and its successors; one sender. A step is one write or one call, and any step that can happen next may. What
 * the rollout does is the real domain; what DynamoDB and Step Functions do is modelled: a conditional write is one step.
 */
export interface World {
  readonly history: readonly RolloutEvent[];
  /** Ids of answered commands. */
  readonly answered: readonly string[];
  readonly inbox: readonly Command[];
  readonly settled: boolean;
  /** The task token stored last; tokens are numbered by the wait that made them. */
  readonly token: number;
  /** The generation that the meta names, and the one that the lock names; 0: the lock is free. */
  readonly metaGeneration: number;
  readonly lock: number;
  readonly executions: readonly Execution[];
  readonly senders: readonly Sender[];
  readonly waits: number;
  /** How often an execution may still die, and how often a wait may still time out. */
  readonly deaths: number;
  readonly timeouts: number;
  /** The candidate's weight as it is written; nil before the rollout, and after a rollback. */
  readonly weight: number;
  /** False models a mistake: a wait that begins whatever has come into the inbox since the decision. */
  readonly checksInbox: boolean;
}

interface Shift {
  readonly weight: Weight;
  readonly order: number;
}

interface Execution {
  readonly generation: number;
  readonly at:
    | { readonly in: "decide"; readonly shift?: Shift }
    | { readonly in: "shift"; readonly shift: Shift }
    | { readonly in: "about-to-wait"; readonly seen: number }
    | { readonly in: "wait"; readonly token: number }
    | { readonly in: "roll-back" | "settle" | "release" | "ended" | "dead" };
}

/** A sender of one command: before the append, with a token to send, or done. */
type Sender =
  | { readonly at: "append"; readonly command: Command }
  | { readonly at: "wake"; readonly token: number }
  | { readonly at: "done" };

/** The world in which a rollout has just been admitted and these commands are about to be sent. */
export function begin(
  types: readonly CommandType[],
  { deaths = 0, timeouts = 0, checksInbox = true } = {},
): World {
  return {
    history: [
      started([
        { weight: 10, bakeMinutes: 0 },
        { weight: 50, bakeMinutes: 600 },
      ]),
    ],
    answered: [],
    inbox: [],
    settled: false,
    token: 0,
    metaGeneration: 1,
    lock: 1,
    executions: [{ generation: 1, at: { in: "decide" } }],
    senders: types.map((type, k) => ({ command: command(type, `${k}-${type}`), at: "append" })),
    waits: 0,
    deaths,
    timeouts,
    weight: 0,
    checksInbox,
  };
}

/** Every world that one step leads to. */
export function next(world: World): World[] {
  return [
    ...world.senders.flatMap((sender, k) => sends(world, sender, k)),
    ...world.executions.flatMap((execution, k) => runs(world, execution, k)),
    ...recovers(world),
  ];
}

const AT = after(1);

function sends(world: World, sender: Sender, k: number): World[] {
  const become = (changed: Sender) => world.senders.map((one, j) => (j === k ? changed : one));
  if (sender.at === "append") {
    if (world.settled) return [{ ...world, senders: become({ at: "done" }) }];
    const inbox = [...world.inbox, sender.command];
    const wake: Sender = { at: "wake", token: world.token };
    return [{ ...world, inbox, senders: become(wake) }];
  }
  if (sender.at === "done") return [];
  // A sender may die before it wakes anybody: that hint is lost.
  const senders = become({ at: "done" });
  const executions = world.executions.map((execution) =>
    execution.at.in === "wait" && execution.at.token === sender.token
      ? { ...execution, at: { in: "decide" as const } }
      : execution,
  );
  return [{ ...world, senders, executions }];
}

function runs(world: World, execution: Execution, k: number): World[] {
  const { at, generation } = execution;
  if (at.in === "ended" || at.in === "dead") return [];
  const go = (changed: Execution["at"], rest: Partial<World> = {}): World => ({
    ...world,
    ...rest,
    executions: world.executions.map((one, j) => (j === k ? { ...one, at: changed } : one)),
  });
  const dies = world.deaths > 0 ? [go({ in: "dead" }, { deaths: world.deaths - 1 })] : [];
  if (at.in !== "wait" && at.in !== "release" && world.metaGeneration !== generation)
    return [go({ in: "ended" }), ...dies];
  return [...step(world, execution, go), ...dies];
}

type Go = (at: Execution["at"], rest?: Partial<World>) => World;

function step(world: World, { at, generation }: Execution, go: Go): World[] {
  switch (at.in) {
    case "decide":
      return [decides(world, at.shift, go)];
    case "shift":
      return world.lock === generation
        ? [go({ in: "decide", shift: at.shift }, { weight: at.shift.weight })]
        : [go({ in: "ended" })];
    case "about-to-wait": {
      if (world.checksInbox && world.inbox.length !== at.seen) return [go({ in: "decide" })];
      const token = world.waits + 1;
      return [go({ in: "wait", token }, { token, waits: token })];
    }
    case "wait":
      return world.timeouts > 0 ? [go({ in: "decide" }, { timeouts: world.timeouts - 1 })] : [];
    case "roll-back": {
      const rollout = replay(world.history);
      const decided = giveUp(rollout, "its execution died", AT);
      const ends = decided.reduce(evolve, rollout);
      const rolls = ends.status === "admitted" && ends.phase.type === "rolling-back";
      if (rolls && world.lock !== generation) return [go({ in: "ended" })];
      const history: RolloutEvent[] = rolls
        ? [...world.history, ...decided, { type: "weights-restored", at: AT, warnings: [] }]
        : [...world.history];
      return [go({ in: "settle" }, { history, ...(rolls ? { weight: 0 } : {}) })];
    }
    case "settle":
      // Closing the inbox and the last commit are two writes; what comes in between is refused.
      return [world.settled ? settles(world, go) : { ...go(at), settled: true }];
    case "release":
      return [go({ in: "ended" }, world.lock === generation ? { lock: 0 } : {})];
    default:
      return [];
  }
}

function unanswered({ inbox, answered }: World): Command[] {
  return inbox.filter(({ id }) => !answered.includes(id));
}

function decides(world: World, shift: Shift | undefined, go: Go): World {
  const commands = unanswered(world);
  const history = [...world.history];
  let rollout = replay(history);
  const add = (decided: (now: Rollout) => readonly RolloutEvent[]) => {
    const events = decided(rollout);
    history.push(...events);
    rollout = events.reduce(evolve, rollout);
  };
  const seen = shift === undefined ? {} : { shift: { type: "shifted" as const, ...shift } };
  add((now) => takeTurn(now, commands, seen, AT));
  const answered = [...world.answered, ...commands.map(({ id }) => id)];
  const then = nextStep(rollout, AT);
  const to: Execution["at"] =
    then.type === "shift"
      ? { in: "shift", shift: { weight: then.weight, order: then.order } }
      : then.type === "wait"
        ? { in: "about-to-wait", seen: world.inbox.length }
        : then.type === "run-hook"
          ? { in: "ended" }
          : { in: then.type };
  return go(to, { history, answered });
}

function settles(world: World, go: Go): World {
  const commands = unanswered(world);
  const history = [...world.history, ...settle(replay(world.history), commands, AT)];
  return go({ in: "release" }, { history, answered: [...world.answered, ...commands.map(({ id }) => id)] });
}

/** Recovery, or the sweep: the owner of the lock is dead, so another execution takes over. Two writes and a start. */
function recovers(world: World): World[] {
  const owner = world.executions.find(({ generation }) => generation === world.lock);
  if (world.lock === 0) return [];
  if (owner === undefined) {
    // The lock was swapped: the meta follows, then the successor starts.
    if (world.metaGeneration < world.lock) return [{ ...world, metaGeneration: world.lock }];
    return [
      { ...world, executions: [...world.executions, { generation: world.lock, at: { in: "roll-back" } }] },
    ];
  }
  return owner.at.in === "dead" || owner.at.in === "ended" ? [{ ...world, lock: world.lock + 1 }] : [];
}
