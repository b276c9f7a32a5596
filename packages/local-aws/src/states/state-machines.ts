import type { Clock } from "../clock/clock.ts";
import type { Platform } from "../platform.ts";
import type { Execution, Revision } from "./engine/execution.ts";
import { executionEvent } from "./engine/execution-event.ts";
import { logLine } from "./engine/execution-log.ts";
import { createHistory } from "./engine/history.ts";
import { runExecution } from "./engine/run-execution.ts";
import { createTaskTokens, type TaskTokens } from "./integrations/task-tokens.ts";
import type { Json } from "./json.ts";

export interface StateMachine {
  revision: Revision;
  readonly createdAt: number;
  /** Set by DeleteStateMachine while executions are still running. */
  deleting: boolean;
  /** In the order in which they were started. */
  readonly executions: Execution[];
  running: number;
}

/** Everything that Step Functions remembers: what the operations read and change. */
export interface StateMachines {
  readonly platform: Platform;
  readonly machines: Map<string, StateMachine>;
  readonly executions: Map<string, Execution>;
  readonly tokens: TaskTokens;
  start(machine: StateMachine, name: string, input: { text: string; value: Json }): Execution;
}

export function createStateMachines(platform: Platform, wall: Clock): StateMachines {
  const { clock } = platform;
  const machines = new Map<string, StateMachine>();
  const executions = new Map<string, Execution>();
  const tokens = createTaskTokens(platform.hexId, (arn) => executions.has(arn));

  const tell = (execution: Execution) => platform.emit(executionEvent(execution));
  const ended = (machine: StateMachine, execution: Execution) => {
    machine.running -= 1;
    if (machine.deleting && machine.running === 0) machines.delete(machine.revision.stateMachineArn);
    tell(execution);
    for (const listener of execution.whenEnded) listener();
    execution.whenEnded.clear();
  };

  return {
    platform,
    machines,
    executions,
    tokens,
    start(machine, name, input) {
      const { revision } = machine;
      const arn = executionArn(machine, name);
      const execution: Execution = {
        arn,
        name,
        revision,
        input: input.text,
        inputValue: input.value,
        startedAt: clock.now(),
        history: createHistory(clock.now, (event) => {
          const line = logLine(event, arn, revision.logging);
          if (line !== undefined) platform.log(line);
        }),
        ending: undefined,
        whenEnded: new Set(),
        stop: () => {},
      };
      executions.set(arn, execution);
      machine.executions.push(execution);
      machine.running += 1;
      tell(execution);
      const executionOf = (other: string) => executions.get(other);
      runExecution({ platform, wall, tokens, execution, executionOf }, () => ended(machine, execution));
      return execution;
    },
  };
}

/** A machine's ARN with the name of one of its executions. */
export function executionArn({ revision }: StateMachine, name: string): string {
  return `${revision.stateMachineArn.replace(":stateMachine:", ":execution:")}:${name}`;
}
