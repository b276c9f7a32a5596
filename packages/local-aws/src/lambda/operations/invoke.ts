import type { InvocationRequest, InvocationResponse } from "@aws-sdk/client-lambda";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import type { AsynchronousEvents } from "../asynchronous.ts";
import { functionPolicy } from "../function-policy.ts";
import type { Functions } from "../functions.ts";

const SYNCHRONOUS_LIMIT = 6 * 1024 * 1024;
const ASYNCHRONOUS_LIMIT = 1024 * 1024;

/** https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html */
export function invoke(
  functions: Functions,
  events: AsynchronousEvents,
): Operation<InvocationRequest, InvocationResponse> {
  return {
    permissions: ({ FunctionName }, call) => [
      { action: "lambda:InvokeFunction", resource: functions.arnOf(FunctionName, call) },
    ],
    resourcePolicy: ({ FunctionName }, call) => functionPolicy(functions, FunctionName, call),
    async run({ FunctionName, Qualifier, InvocationType = "RequestResponse", Payload, ClientContext }, call) {
      const deployed = functions.find(FunctionName, call, Qualifier);
      const asynchronous = InvocationType === "Event";
      const payload = eventOf(Payload, asynchronous ? ASYNCHRONOUS_LIMIT : SYNCHRONOUS_LIMIT);
      if (InvocationType === "DryRun") return { StatusCode: 204 };
      const event = { payload, requestId: call.requestId };
      if (asynchronous) {
        events.add(deployed, event);
        return { StatusCode: 202, Payload: new Uint8Array() };
      }
      const clientContext = ClientContext === undefined ? {} : { clientContext: contextOf(ClientContext) };
      const outcome = await deployed.run({ ...event, ...clientContext });
      const answer = { StatusCode: 200, ExecutedVersion: deployed.settings.version ?? "$LATEST" };
      if (outcome.type === "returned") return { ...answer, Payload: Buffer.from(outcome.payload) };
      return { ...answer, FunctionError: "Unhandled", Payload: Buffer.from(JSON.stringify(outcome.failure)) };
    },
  };
}

function eventOf(payload: Uint8Array | undefined, limit: number): string {
  if (payload === undefined || payload.length === 0) return "{}";
  if (payload.length > limit) {
    const message = `Request must be smaller than ${limit} bytes for the InvokeFunction operation`;
    throw new AwsError("RequestTooLargeException", message, 413, { Type: "User" });
  }
  const text = Buffer.from(payload).toString();
  try {
    JSON.parse(text);
  } catch (error) {
    const message = `Could not parse request body into json: ${error instanceof Error ? error.message : error}`;
    throw new AwsError("InvalidRequestContentException", message, 400, { Type: "User" });
  }
  return text;
}

function contextOf(clientContext: string): string {
  const text = Buffer.from(clientContext, "base64").toString();
  try {
    JSON.parse(text);
    return text;
  } catch {
    const message = "Client context must be a valid Base64-encoded JSON object.";
    throw new AwsError("InvalidRequestContentException", message, 400, { Type: "User" });
  }
}
