import type { Json, JsonObject } from "../json.ts";

/** What a callback says: the task's result, or how it failed. */
export type CallbackOutcome =
  | { readonly type: "success"; readonly output: Json }
  | { readonly type: "failure"; readonly error: string | undefined; readonly reason: string | undefined };

/** The `Doing` of a type. */
export type DoingOf<Type extends Doing["type"]> = Extract<Doing, { type: Type }>;

/** What a state is in the middle of, as far as it need not be done again. Times are AWS time, milliseconds since the epoch. */
export type Doing =
  | { readonly type: "waiting"; readonly until: number }
  | { readonly type: "retrying"; readonly until: number }
  /** The call of a task is under way, which gave this token away. */
  | { readonly type: "calling"; readonly token: string; readonly outcome: CallbackOutcome | undefined }
  /** The call was answered; the task waits for its token or for the execution that it started. */
  | {
      readonly type: "called";
      readonly token: string | undefined;
      readonly answer: Json;
      readonly deadline: number | undefined;
      /** Seconds. */
      readonly heartbeat: number | undefined;
      readonly heardAt: number;
      readonly outcome: CallbackOutcome | undefined;
    }
  /** The task has its result. */
  | { readonly type: "answered"; readonly result: Json }
  /** Branches run, with this input of a Parallel or on these items of a Map. */
  | { readonly type: "branching"; readonly over: Json };

/** How often a state was tried again: in all, and by each of its Retriers. */
export interface Tries {
  readonly retryCount: number;
  readonly used: readonly number[];
}

/** Where a strand is. */
export type Mark =
  | {
      readonly type: "entered";
      readonly name: string;
      readonly input: Json;
      readonly variables: JsonObject;
      readonly eventId: number;
      readonly enteredAt: number;
      readonly tries: Tries;
      readonly doing: Doing | undefined;
    }
  | {
      readonly type: "left";
      readonly next: string | undefined;
      readonly output: Json;
      readonly variables: JsonObject;
    }
  /** A branch has ended; one whose failure is tolerated leaves its error as output. */
  | { readonly type: "over"; readonly output: Json; readonly failed: boolean };
