import type { Storage } from "../storage/storage.ts";
import { parseDefinition } from "./definition/parse-definition.ts";
import type { Execution, Revision } from "./engine/execution.ts";

export interface StateMachine {
  readonly revision: Revision;
  /** AWS time, milliseconds since the epoch. */
  readonly createdAt: number;
  /** Set by DeleteStateMachine while executions are still running. */
  readonly deleting: boolean;
}

/** What is kept of an execution besides what it writes down as it goes. */
export type KeptExecution = Pick<
  Execution,
  "arn" | "name" | "number" | "revision" | "input" | "startedAt" | "ending"
>;

/** State machines and executions by their ARN. */
export interface KeptStates {
  readonly machines: Map<string, StateMachine>;
  readonly executions: Map<string, Execution>;
  put(machine: StateMachine): void;
}

/**
 * Machines and executions share their revisions, which are large, and are kept without what can be read off their text.
 * `revived` makes the execution of which this was kept.
 */
export function keptStates(storage: Storage, revived: (kept: KeptExecution) => Execution): KeptStates {
  const revisions = storage.map<Revision>("states.revisions", {
    write: ({ definition: _, ...revision }) => revision,
    read(written) {
      const revision = written as Omit<Revision, "definition">;
      return { ...revision, definition: parseDefinition(revision.text) };
    },
  });
  const revisionOf = (id: string) => {
    const revision = revisions.get(id);
    if (revision === undefined) throw new Error(`the revision ${id} is not kept`);
    return revision;
  };
  const machines = storage.map<StateMachine>("states.machines", {
    write: ({ revision, ...machine }) => ({ ...machine, revisionId: revision.revisionId }),
    read(written) {
      const { revisionId, ...machine } = written as Omit<StateMachine, "revision"> & Reference;
      return { ...machine, revision: revisionOf(revisionId) };
    },
  });
  const executions = storage.map<Execution>("states.executions", {
    write({ arn, name, number, revision: { revisionId }, input, startedAt, ending }) {
      return { arn, name, number, revisionId, input, startedAt, ending };
    },
    read(written) {
      const { revisionId, ...kept } = written as Omit<KeptExecution, "revision"> & Reference;
      return revived({ ...kept, revision: revisionOf(revisionId) });
    },
  });

  const used = new Set([...machines.values(), ...executions.values()].map(({ revision }) => revision));
  for (const [id, revision] of revisions) if (!used.has(revision)) revisions.delete(id);
  return {
    machines,
    executions,
    put(machine) {
      revisions.set(machine.revision.revisionId, machine.revision);
      machines.set(machine.revision.stateMachineArn, machine);
    },
  };
}

interface Reference {
  readonly revisionId: string;
}
