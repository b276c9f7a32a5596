import { dataLimit, type Entry, tooLarge } from "../engine/entry.ts";
import { StateFailure } from "../engine/state-failure.ts";
import { within } from "../engine/within.ts";
import type { Integration } from "../integrations/integration.ts";
import { endedExecution, stopExecution } from "../integrations/start-execution.ts";
import type { PendingTask } from "../integrations/task-tokens.ts";
import { byteLength, isObject, type Json } from "../json.ts";
import { calledBack } from "./called-back.ts";
import { ended } from "./ended.ts";
import { taskEvents } from "./task-events.ts";
import { TaskTimeout } from "./task-timeout.ts";

/** One attempt of a task whose fields have been evaluated. */
export interface Attempt {
  readonly integration: Integration;
  readonly input: Json;
  /** Seconds. */
  readonly timeout: number | undefined;
  /** Seconds. */
  readonly heartbeat: number | undefined;
  /** Present where the task is done when its token comes back. */
  readonly pending: PendingTask | undefined;
  readonly entry: Entry;
}

/** Makes the call, waits for what the task's pattern waits for, and records it all. Throws StateFailure. */
export async function perform(attempt: Attempt): Promise<Json> {
  const { integration, input, timeout, heartbeat, entry } = attempt;
  const { clock, region } = entry.strand.surroundings.platform;
  const events = taskEvents(integration, entry.strand, region);
  events.scheduled(input, timeout, heartbeat);
  events.started();
  const deadline = timeout === undefined ? undefined : clock.now() + timeout * 1000;
  try {
    const answer = await request(attempt);
    if (integration.pattern !== "request") events.submitted(answer);
    const result = await finish(attempt, answer, deadline);
    if (byteLength(result) > dataLimit) throw tooLarge(entry);
    events.succeeded(result);
    return result;
  } catch (failure) {
    if (failure instanceof TaskTimeout) events.timedOut(failure);
    else if (failure instanceof StateFailure) events.failed(failure);
    throw failure;
  }
}

/** The call itself is real work, which fast AWS time does not speed up: its limit must have passed on the wall too. */
async function request({ integration, input, timeout, pending, entry }: Attempt): Promise<Json> {
  const { surroundings, signal } = entry.strand;
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
async function finish(attempt: Attempt, answer: Json, deadline: number | undefined): Promise<Json> {
  const { integration, pending, heartbeat, entry } = attempt;
  const { strand } = entry;
  if (pending !== undefined) return await calledBack(strand, pending, { deadline, heartbeat });
  if (integration.pattern !== "sync" || !isObject(answer)) return answer;
  const arn = String(answer.ExecutionArn);
  try {
    await ended(strand, arn, deadline);
  } catch (failure) {
    await stopExecution(arn, strand.surroundings);
    throw failure;
  }
  return await endedExecution(arn, strand.surroundings);
}
