import { dataLimit, type Entry, nowDoing, tooLarge } from "../engine/entry.ts";
import type { DoingOf } from "../engine/mark.ts";
import { StateFailure } from "../engine/state-failure.ts";
import { within } from "../engine/within.ts";
import type { Integration } from "../integrations/integration.ts";
import { endedExecution, stopExecution } from "../integrations/start-execution.ts";
import type { PendingTask } from "../integrations/task-tokens.ts";
import { byteLength, isObject, type Json } from "../json.ts";
import { calledBack } from "./called-back.ts";
import { ended } from "./ended.ts";
import { type TaskEvents, taskEvents } from "./task-events.ts";
import { TaskTimeout } from "./task-timeout.ts";

/** One attempt of a task. */
interface Attempt {
  readonly integration: Integration;
  /** Present where the task is done when its token comes back. */
  readonly pending: PendingTask | undefined;
  readonly entry: Entry;
}

/** The fields of a task, evaluated. Times are seconds. */
interface Fields {
  readonly input: Json;
  readonly timeout: number | undefined;
  readonly heartbeat: number | undefined;
}

/** Makes the call, waits for what the task's pattern waits for, and records it all. Throws StateFailure. */
export async function perform(attempt: Attempt, fields: Fields): Promise<Json> {
  const { integration, pending, entry } = attempt;
  const { input, timeout, heartbeat } = fields;
  const { clock } = entry.strand.surroundings.platform;
  const events = eventsOf(attempt);
  events.scheduled(input, timeout, heartbeat);
  events.started();
  const deadline = timeout === undefined ? undefined : clock.now() + timeout * 1000;
  return await ending(attempt, events, async () => {
    const answer = await request(attempt, fields);
    if (integration.pattern !== "request") events.submitted(answer);
    const call = { token: pending?.token, answer, deadline, heartbeat, heardAt: clock.now() };
    return await finish(attempt, { type: "called", ...call, outcome: undefined });
  });
}

/** Goes on with an attempt whose call was answered to the process before this one. */
export async function goOn(attempt: Attempt, call: DoingOf<"called">): Promise<Json> {
  return await ending(attempt, eventsOf(attempt), () => finish(attempt, call));
}

function eventsOf({ integration, entry }: Attempt): TaskEvents {
  return taskEvents(integration, entry.strand, entry.strand.surroundings.platform.region);
}

/** Records how the attempt ends. */
async function ending({ entry }: Attempt, events: TaskEvents, attempted: () => Promise<Json>): Promise<Json> {
  try {
    const result = await attempted();
    if (byteLength(result) > dataLimit) throw tooLarge(entry);
    events.succeeded(result);
    nowDoing(entry, { type: "answered", result });
    return result;
  } catch (failure) {
    if (failure instanceof TaskTimeout) events.timedOut(failure);
    else if (failure instanceof StateFailure) events.failed(failure);
    throw failure;
  }
}

/** The call itself is real work, which fast AWS time does not speed up: its limit must have passed on the wall too. */
async function request({ integration, pending, entry }: Attempt, { input, timeout }: Fields): Promise<Json> {
  const { surroundings, signal } = entry.strand;
  if (pending !== undefined) {
    const { token } = pending;
    const calling = () => nowDoing(entry, { type: "calling", token, outcome: pending.outcome });
    calling();
    pending.onArrival(calling);
  }
  const work = integration.request(input, surroundings);
  if (timeout === undefined) return await within(work, signal, undefined);
  return await within(work, signal, {
    clocks: [surroundings.platform.clock, surroundings.wall],
    ms: timeout * 1000,
    expired() {
      pending?.close();
      return new TaskTimeout("States.Timeout");
    },
  });
}

/** From here on the task only waits, on AWS time. */
async function finish({ integration, pending, entry }: Attempt, call: DoingOf<"called">): Promise<Json> {
  const { strand } = entry;
  const { answer, deadline } = call;
  if (pending !== undefined) {
    let heardAt = call.heardAt;
    const waiting = () => nowDoing(entry, { ...call, heardAt, outcome: pending.outcome });
    waiting();
    pending.onArrival(waiting);
    return await calledBack(strand, pending, call, (at) => {
      heardAt = at;
      waiting();
    });
  }
  if (integration.pattern !== "sync" || !isObject(answer)) return answer;
  nowDoing(entry, call);
  const arn = String(answer.ExecutionArn);
  try {
    await ended(strand, arn, deadline);
  } catch (failure) {
    await stopExecution(arn, strand.surroundings);
    throw failure;
  }
  return await endedExecution(arn, strand.surroundings);
}
