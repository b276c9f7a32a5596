import { AwsError } from "../aws-error.ts";
import type { Platform } from "../platform.ts";
import type { Functions } from "./functions.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { FunctionFailure } from "./sandbox/messages.ts";

const MINUTE = 60_000;
const LONGEST_PAUSE = 5 * MINUTE;

interface Event {
  readonly payload: string;
  readonly requestId: string;
}

/** An event that is not done with: what has been tried, and when it is tried again (AWS time, milliseconds). */
interface Queued {
  readonly functionName: string;
  readonly event: Event;
  readonly count: number;
  readonly throttles: number;
  readonly due: number;
}

/** The events that nobody waits for. */
export interface AsynchronousEvents {
  add(deployed: LambdaFunction, event: Event): void;
  /** Goes on with those of the process before; one that was running is run again. */
  resume(): void;
}

/**
 * Runs events: after a failure again a minute later and two minutes after that (AWS time), then they go to the dead-letter queue
 * and the destination for failures. A throttled event is tried again until there is room.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function asynchronousEvents(platform: Platform, functions: Functions): AsynchronousEvents {
  const { clock, storage } = platform;
  const queue = storage.map<Queued>("lambda.events");

  const attempt = async (deployed: LambdaFunction, queued: Queued) => {
    const { event, count, throttles } = queued;
    const { retries = 2 } = deployed.settings.asynchronous ?? {};
    const again = (ms: number, tried: Pick<Queued, "count" | "throttles">) => {
      const next = { ...queued, ...tried, due: clock.now() + ms };
      queue.set(event.requestId, next);
      clock.after(ms, () => void attempt(deployed, next));
    };
    const done = clock.busy();
    try {
      const outcome = await deployed.run(event);
      if (outcome.type === "failed" && count <= retries) {
        again(count * MINUTE, { count: count + 1, throttles: 0 });
        return;
      }
      if (outcome.type === "failed")
        await giveUp(platform, deployed, { event, failure: outcome.failure, count });
      queue.delete(event.requestId);
    } catch (error) {
      if (isThrottle(error)) {
        again(Math.min(LONGEST_PAUSE, 1000 * 2 ** throttles), { count, throttles: throttles + 1 });
        return;
      }
      queue.delete(event.requestId);
      deployed.log(`a failed event is lost: ${error instanceof Error ? error.message : error}`);
    } finally {
      done();
    }
  };

  return {
    add(deployed, event) {
      const functionName = deployed.settings.name;
      const queued = { functionName, event, count: 1, throttles: 0, due: clock.now() };
      queue.set(event.requestId, queued);
      void attempt(deployed, queued);
    },
    resume() {
      for (const queued of [...queue.values()]) {
        const deployed = functions.all().find(({ settings }) => settings.name === queued.functionName);
        if (deployed === undefined) queue.delete(queued.event.requestId);
        else clock.after(queued.due - clock.now(), () => void attempt(deployed, queued));
      }
    },
  };
}

interface Ended {
  readonly event: Event;
  readonly failure: FunctionFailure;
  readonly count: number;
}

async function giveUp(platform: Platform, deployed: LambdaFunction, ended: Ended): Promise<void> {
  const { deadLetterQueue, onFailure } = deployed.settings.asynchronous ?? {};
  if (deadLetterQueue) await send(platform, deployed, deadLetterQueue, deadLetter(ended));
  if (onFailure) await send(platform, deployed, onFailure, failureRecord(platform, deployed, ended));
}

interface Message {
  readonly MessageBody: string;
  readonly MessageAttributes?: Record<string, { DataType: string; StringValue: string }>;
}

function deadLetter({ event, failure }: Ended): Message {
  return {
    MessageBody: event.payload,
    MessageAttributes: {
      RequestID: { DataType: "String", StringValue: event.requestId },
      ErrorCode: { DataType: "Number", StringValue: "200" },
      ErrorMessage: {
        DataType: "String",
        StringValue: failure.errorMessage.slice(0, 1024) || failure.errorType,
      },
    },
  };
}

/** https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function failureRecord(
  { clock }: Platform,
  { arn }: LambdaFunction,
  { event, failure, count }: Ended,
): Message {
  return {
    MessageBody: JSON.stringify({
      version: "1.0",
      timestamp: new Date(clock.now()).toISOString(),
      requestContext: {
        requestId: event.requestId,
        functionArn: `${arn}:$LATEST`,
        condition: "RetriesExhausted",
        approximateInvokeCount: count,
      },
      requestPayload: JSON.parse(event.payload),
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: failure,
    }),
  };
}

/** Sends as the function's role. */
async function send(
  platform: Platform,
  deployed: LambdaFunction,
  queueArn: string,
  message: Message,
): Promise<void> {
  const [, , , region, account, name] = queueArn.split(":");
  const QueueUrl = `https://sqs.${region}.amazonaws.com/${account}/${name}`;
  await platform.call(deployed.caller, "sqs", "SendMessage", { QueueUrl, ...message });
}

function isThrottle(error: unknown): boolean {
  return error instanceof AwsError && error.code === "TooManyRequestsException";
}
