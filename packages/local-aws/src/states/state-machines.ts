import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { Clock } from "../clock/clock.ts";
import type { Platform } from "../platform.ts";
import { endedExecutions } from "./ended-executions.ts";
import { endingOf } from "./engine/ending-of.ts";
import type { Execution } from "./engine/execution.ts";
import { executionEvent } from "./engine/execution-event.ts";
import { logLine } from "./engine/execution-log.ts";
import { createHistory } from "./engine/history.ts";
import { type PastProgress, type ProgressEntry, pastProgress, progressOf } from "./engine/progress.ts";
import { runExecution } from "./engine/run-execution.ts";
import { createTaskTokens, type TaskTokens } from "./integrations/task-tokens.ts";
import type { Json } from "./json.ts";
import { type KeptExecution, keptStates, type StateMachine } from "./kept-states.ts";

/** Everything that Step Functions remembers: what the operations read and change. */
export interface StateMachines {
  readonly platform: Platform;
  readonly machines: ReadonlyMap<string, StateMachine>;
  readonly executions: ReadonlyMap<string, Execution>;
  readonly tokens: TaskTokens;
  put(machine: StateMachine): void;
  delete(machine: StateMachine): void;
  /** In the order in which they were started; those of a machine of the same name before it are not among them. */
  executionsOf(machine: StateMachine): Execution[];
  start(machine: StateMachine, name: string, input: { text: string; value: Json }): Execution;
  /** Goes on with what ran when the process before ended. */
  resume(): void;
}

export function createStateMachines(platform: Platform, wall: Clock): StateMachines {
  const { clock, storage } = platform;
  const underWay = new Map<Execution, PastProgress>();
  const listOf = (arn: string) => storage.list<ProgressEntry>(`states.executions ${arn}`);
  const { machines, executions, put } = keptStates(storage, revived);
  let started = Math.max(0, ...executions.values().map(({ number }) => number));
  const tokens = createTaskTokens(platform.hexId, (arn) => executions.has(arn));
  const ended = endedExecutions(({ arn }) => {
    executions.delete(arn);
    listOf(arn).remove();
  });
  for (const execution of executions.values()) if (execution.ending !== undefined) ended.add(execution);

  function revived(kept: KeptExecution): Execution {
    if (kept.ending !== undefined) {
      const execution = executionOf(kept, []);
      execution.history.release(() => eventsOf(kept.arn));
      return execution;
    }
    const past = pastProgress(listOf(kept.arn).read());
    const execution = executionOf(kept, past.events);
    underWay.set(execution, past);
    return execution;
  }

  function executionOf(kept: KeptExecution, events: readonly HistoryEvent[]): Execution {
    const recorded = (event: HistoryEvent) => {
      const line = logLine(event, kept.arn, kept.revision.logging);
      if (line !== undefined) platform.log(line);
    };
    const history = createHistory(clock.now, recorded, events);
    return { ...kept, history, whenEnded: new Set(), stop: () => {} };
  }

  const eventsOf = (arn: string) => pastProgress(listOf(arn).read()).events;
  const tell = (execution: Execution) => platform.emit(executionEvent(execution));
  const executionsOf = ({ revision: { stateMachineArn }, createdAt }: StateMachine) =>
    executions
      .values()
      .filter((execution) => execution.revision.stateMachineArn === stateMachineArn)
      .filter(({ startedAt }) => startedAt >= createdAt)
      .toArray();
  const over = (execution: Execution) => {
    executions.set(execution.arn, execution);
    if (storage.durable) execution.history.release(() => eventsOf(execution.arn));
    const machine = machines.get(execution.revision.stateMachineArn);
    const last = machine?.deleting && executionsOf(machine).every(({ ending }) => ending !== undefined);
    if (last) machines.delete(execution.revision.stateMachineArn);
    tell(execution);
    for (const listener of execution.whenEnded) listener();
    execution.whenEnded.clear();
    ended.add(execution);
  };
  const run = (execution: Execution, input: Json, past: PastProgress) =>
    runExecution(
      { platform, wall, tokens, execution, input, executionOf: (arn) => executions.get(arn) },
      storage.durable ? progressOf(listOf(execution.arn), past) : undefined,
      () => over(execution),
    );

  return {
    platform,
    machines,
    executions,
    tokens,
    put,
    delete: ({ revision }) => void machines.delete(revision.stateMachineArn),
    executionsOf,
    start(machine, name, { text, value }) {
      const { revision } = machine;
      const arn = executionArn(machine, name);
      started += 1;
      const kept = { arn, name, number: started, revision, input: text, startedAt: clock.now() };
      const execution = executionOf({ ...kept, ending: undefined }, []);
      executions.set(arn, execution);
      tell(execution);
      run(execution, value, pastProgress([]));
      return execution;
    },
    resume() {
      for (const [execution, past] of underWay) {
        execution.ending = endingOf(past.events.at(-1));
        if (execution.ending !== undefined) over(execution);
        else run(execution, JSON.parse(execution.input), past);
      }
      underWay.clear();
    },
  };
}

/** A machine's ARN with the name of one of its executions. */
export function executionArn({ revision }: StateMachine, name: string): string {
  return `${revision.stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;
}
