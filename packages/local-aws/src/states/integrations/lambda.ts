import * as z from "zod";
import { StateFailure } from "../engine/state-failure.ts";
import type { Surroundings } from "../engine/strand.ts";
import type { Json, JsonObject } from "../json.ts";
import { serviceFailure } from "./service-failure.ts";

const Arguments = z.looseObject({ FunctionName: z.string() });
const FunctionError = z.object({ errorType: z.string().optional() }).loose();

/** A plain function ARN as Resource: the input is the event, the result what the function answers. */
export async function invokeFunction(arn: string, event: Json, surroundings: Surroundings): Promise<Json> {
  const { Payload } = await invoke({ FunctionName: arn, Payload: event }, surroundings);
  return Payload ?? null;
}

/** `lambda:invoke`: the result is Lambda's answer with the payload read as JSON. */
export async function lambdaInvoke(input: Json, surroundings: Surroundings): Promise<Json> {
  const parsed = Arguments.safeParse(input);
  if (!parsed.success)
    throw new StateFailure(
      "States.Runtime",
      `The Arguments of lambda:invoke need a FunctionName: ${JSON.stringify(input)}`,
    );
  return await invoke(parsed.data as JsonObject, surroundings);
}

async function invoke(
  { Payload = {}, ...rest }: JsonObject,
  { platform, caller }: Surroundings,
): Promise<JsonObject> {
  const request = { ...rest, Payload: Buffer.from(JSON.stringify(Payload)) };
  const answer = await call(() => platform.call(caller(), "lambda", "Invoke", request));
  const text = Buffer.from(answer.Payload ?? []).toString();
  if (answer.FunctionError !== undefined) throw functionFailure(text);
  return {
    ExecutedVersion: answer.ExecutedVersion ?? "$LATEST",
    Payload: text === "" ? null : JSON.parse(text),
    SdkHttpMetadata: { HttpStatusCode: answer.StatusCode ?? 200 },
    StatusCode: answer.StatusCode ?? 200,
  };
}

interface Answer {
  readonly StatusCode?: number;
  readonly ExecutedVersion?: string;
  readonly FunctionError?: string;
  readonly Payload?: Uint8Array;
}

async function call(run: () => Promise<Answer>): Promise<Answer> {
  try {
    return await run();
  } catch (problem) {
    throw serviceFailure(problem, {
      prefix: "Lambda",
      base: "AWSLambdaException",
      client: await import("@aws-sdk/client-lambda"),
    });
  }
}

/** The error that a function raised goes by its own name, with the whole report as Cause. */
function functionFailure(report: string): StateFailure {
  let parsed: unknown;
  try {
    parsed = JSON.parse(report);
  } catch {
    parsed = undefined;
  }
  const { data } = FunctionError.safeParse(parsed);
  return new StateFailure(data?.errorType ?? "Lambda.Unknown", report);
}
