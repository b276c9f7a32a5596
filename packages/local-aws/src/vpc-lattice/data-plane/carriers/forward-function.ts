import * as z from "zod";
import { AwsError } from "../../../aws-error.ts";
import type { Platform } from "../../../platform.ts";
import { placeOf } from "../../control-plane/ownership.ts";
import type { Journey } from "../journey.ts";
import type { Outcome } from "../outcome.ts";
import { functionAnswer } from "./function-answer.ts";
import { answerHeaders } from "./headers.ts";

/** What a function may be sent and may answer, in bytes. */
export const functionPayloadLimit = 6 * 1024 * 1024;

const InvokeOutput = z.object({
  FunctionError: z.string().nullish(),
  Payload: z.union([z.instanceof(Uint8Array), z.string()]).nullish(),
});

interface Invocation {
  readonly functionArn: string;
  readonly groupArn: string;
  readonly event: unknown;
}

/** Invokes a function as Lattice and sends its answer. Nothing has been answered when the outcome is `failed`. */
export async function forwardFunction(
  platform: Platform,
  { exchange, requestId, notes }: Journey,
  { functionArn, groupArn, event }: Invocation,
): Promise<Outcome> {
  const answered = await invoke(platform, functionArn, groupArn, event);
  notes.answeredAt = performance.now();
  if (answered === undefined) return { type: "failed", failure: "functionUnreachable" };
  if (exchange.gone) return { type: "abandoned", status: 0 };
  const { FunctionError, Payload } = answered;
  const payload = typeof Payload === "string" ? Payload : Buffer.from(Payload ?? []).toString();
  const tooLong = Buffer.byteLength(payload) > functionPayloadLimit;
  const answer = FunctionError || tooLong ? undefined : functionAnswer(payload);
  if (answer === undefined) return { type: "failed", failure: "functionFailed" };
  const headers = answerHeaders(answer.headers);
  headers.push("content-length", String(answer.body.length), "x-amzn-requestid", requestId);
  try {
    exchange.begin(answer.status, headers);
  } catch {
    return { type: "failed", failure: "functionFailed" };
  }
  notes.answerHeaders = headers;
  notes.bodySent = answer.body.length;
  exchange.end(answer.body);
  return { type: "answered", status: answer.status };
}

/** What Lambda answered; undefined where it refused. */
async function invoke(platform: Platform, functionArn: string, targetGroupArn: string, event: unknown) {
  // A target group's functions are of its own account and region.
  const { account, region } = placeOf(targetGroupArn);
  const caller = {
    type: "service",
    account,
    arn: "vpc-lattice.amazonaws.com",
    sourceArn: targetGroupArn,
  } as const;
  try {
    const payload = new TextEncoder().encode(JSON.stringify(event));
    const input = { FunctionName: functionArn, Payload: payload };
    const answer = await platform.call(caller, "lambda", "Invoke", input, region);
    return InvokeOutput.parse(answer);
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}
