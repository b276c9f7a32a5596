import type { PutTargetsRequest, PutTargetsResponse, Target } from "@aws-sdk/client-eventbridge";
import { AwsError } from "../../aws-error.ts";
import type { Operation } from "../../platform.ts";
import { targetServices } from "../delivery/call-target.ts";
import { parseJsonPath } from "../delivery/json-path.ts";
import type { EventBridge } from "../event-bridge.ts";
import { checkName, refuse } from "../refuse.ts";
import { passRole } from "./put-rule.ts";

/** AWS's quota of targets on a rule. */
const mostTargets = 5;

/** Adds targets to a rule or replaces those of the same id. */
export function putTargets({ buses }: EventBridge): Operation<PutTargetsRequest, PutTargetsResponse> {
  return {
    permissions: ({ Rule = "", EventBusName, Targets = [] }) => [
      {
        action: "events:PutTargets",
        resource: buses.ruleArn(Rule, EventBusName),
        context: { "events:TargetArn": Targets.flatMap(({ Arn }) => Arn ?? []) },
      },
      ...Targets.flatMap(({ RoleArn }) => (RoleArn === undefined ? [] : [passRole(RoleArn)])),
    ],
    run({ Rule = "", EventBusName, Targets = [] }) {
      const rule = buses.rule(Rule, EventBusName);
      for (const target of Targets) check(target);
      const ids = new Set([...rule.targets.keys(), ...Targets.map(({ Id }) => Id)]);
      if (ids.size > mostTargets) {
        throw new AwsError(
          "LimitExceededException",
          "The requested resource exceeds the maximum number allowed.",
        );
      }
      for (const target of Targets) rule.targets.set(target.Id ?? "", target);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },
  };
}

function check(target: Target): void {
  const {
    Id = "",
    Arn = "",
    RoleArn,
    Input,
    InputPath,
    InputTransformer,
    DeadLetterConfig,
    RetryPolicy,
  } = target;
  checkName("targets.member.id", Id, 64);
  const service = Arn.split(":")[2] ?? "";
  if (!Arn.startsWith("arn:") || Arn.split(":").length < 6) {
    refuse(`Parameter ${Arn} is not valid. Reason: Provided Arn is not in correct format.`);
  }
  if (!targetServices.includes(service)) {
    refuse(
      `Target ${Id}: ${service} targets are not offered by this local AWS; ${targetServices.join(", ")} are.`,
    );
  }
  if (service === "states" && RoleArn === undefined) refuse(`RoleArn is required for target ${Arn}.`);
  if ([Input, InputPath, InputTransformer].filter((form) => form !== undefined).length > 1) {
    refuse(`Only one of Input, InputPath, or InputTransformer must be provided for target ${Id}.`);
  }
  const paths = [InputPath, ...Object.values(InputTransformer?.InputPathsMap ?? {})];
  for (const path of paths) {
    if (path !== undefined && parseJsonPath(path) === undefined)
      refuse(`Parameter ${path} is not valid. Reason: Invalid JSON path.`);
  }
  if (Input !== undefined && !isJson(Input)) refuse(`JSON syntax error in input for target ${Id}`);
  if (
    DeadLetterConfig?.Arn !== undefined &&
    !/^arn:aws:sqs:[^:]+:\d{12}:[\w-]+$/.test(DeadLetterConfig.Arn)
  ) {
    refuse(`Target ${Id}: DeadLetterConfig.Arn ${DeadLetterConfig.Arn} is not the ARN of a standard queue.`);
  }
  checkRange("maximumRetryAttempts", RetryPolicy?.MaximumRetryAttempts, 0, 185);
  checkRange("maximumEventAgeInSeconds", RetryPolicy?.MaximumEventAgeInSeconds, 60, 86_400);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Throws unless the value is missing or within both bounds. */
export function checkRange(member: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined || (value >= least && value <= most)) return;
  const bound = value < least ? `greater than or equal to ${least}` : `less than or equal to ${most}`;
  refuse(
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have value ${bound}`,
  );
}
