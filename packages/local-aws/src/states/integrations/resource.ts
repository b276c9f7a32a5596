import { sdkCall, sdkServices } from "./aws-sdk.ts";
import type { Integration } from "./integration.ts";
import { invokeFunction, lambdaInvoke } from "./lambda.ts";
import { putEvents } from "./put-events.ts";
import { startExecution } from "./start-execution.ts";

const functionArn = /^arn:[^:]+:lambda:[^:]+:\d{12}:function:[^:]+(?::[^:]+)?$/;
const serviceArn = /^arn:[^:]+:states:[^:]*:[^:]*:(aws-sdk:[^:.]+|[^:.]+):([^:.]+)(\..+)?$/;
const patterns = { "": "request", ".sync:2": "sync", ".waitForTaskToken": "callback" } as const;

/** Why a Task's Resource cannot be run; undefined if it can. */
export function resourceProblem(resource: string): string | undefined {
  return integrationOf(resource) === undefined
    ? `the resource ${resource} is not one this engine runs`
    : undefined;
}

/** What a Task's Resource names; undefined if this engine does not run it. */
export function integrationOf(resource: string): Integration | undefined {
  if (functionArn.test(resource))
    return {
      kind: "function",
      resourceType: "lambda",
      resource,
      pattern: "request",
      request: (input, surroundings) => invokeFunction(resource, input, surroundings),
    };
  const [, service = "", action = "", suffix = ""] = serviceArn.exec(resource) ?? [];
  const pattern = isPattern(suffix) ? patterns[suffix] : undefined;
  const request = requestOf(service, action);
  if (pattern === undefined || request === undefined) return undefined;
  if (pattern === "sync" && service !== "states") return undefined;
  return { kind: "service", resourceType: service, resource: action + suffix, pattern, request };
}

function isPattern(suffix: string): suffix is keyof typeof patterns {
  return suffix in patterns;
}

const optimised: Readonly<Record<string, Integration["request"]>> = {
  "lambda:invoke": lambdaInvoke,
  "states:startExecution": startExecution,
  "events:putEvents": putEvents,
};

function requestOf(service: string, action: string): Integration["request"] | undefined {
  const sdk = sdkServices.get(service.replace(/^aws-sdk:/, ""));
  if (!service.startsWith("aws-sdk:")) return optimised[`${service}:${action}`];
  return sdk === undefined ? undefined : (input, surroundings) => sdkCall(sdk, action, input, surroundings);
}
