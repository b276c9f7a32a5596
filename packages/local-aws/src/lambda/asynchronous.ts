import { AwsError } from "../aws-error.ts";
import type { Platform } from "../platform.ts";
import type { LambdaFunction } from "./lambda-function.ts";
import type { FunctionFailure } from "./sandbox/messages.ts";

const MINUTE = 60_000;
const LONGEST_PAUSE = 5 * MINUTE;

interface Event {
  readonly payload: string;
  readonly requestId: string;
}

/**
 * Runs an event that nobody waits for: after a failure again a minute later and two minutes after that (AWS time), then it
 * goes to the dead-letter queue and the destination for failures. A throttled event is tried again until there is room.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function runAsynchronously(platform: Platform, deployed: LambdaFunction, event: Event): void {
  const { retries = 2, deadLetterQueue, onFailure } = deployed.settings.asynchronous ?? {};
  const attempt = async (count: number, throttles: number) => {
    const again = (ms: number, next: number, throttled: number) =>
      platform.clock.after(ms, () => void attempt(next, throttled));
    const done = platform.clock.busy();
    try {
      const outcome = await deployed.run(event);
      if (outcome.type === "returned") return;
      if (count <= retries) {
        again(count * MINUTE, count + 1, 0);
        return;
      }
      const ended = { event, failure: outcome.failure, count };
      if (deadLetterQueue) await send(platform, deployed, deadLetterQueue, deadLetter(ended));
      if (onFailure) await send(platform, deployed, onFailure, failureRecord(platform, deployed, ended));
    } catch (error) {
      if (isThrottle(error)) again(Math.min(LONGEST_PAUSE, 1000 * 2 ** throttles), count, throttles + 1);
      else deployed.log(`a failed event is lost: ${error instanceof Error ? error.message : error}`);
    } finally {
      done();
    }
  };
  void attempt(1, 0);
}

interface Ended {
  readonly event: Event;
  readonly failure: FunctionFailure;
  readonly count: number;
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
