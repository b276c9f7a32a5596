import type { Target } from "@aws-sdk/client-eventbridge";
import { AwsError } from "../../aws-error.ts";
import type { Caller, Platform } from "../../platform.ts";
import type { Rule } from "../bus.ts";
import type { BusEvent } from "../event.ts";

/** One event on its way to one target. `hops` counts the buses that it has been through. */
export interface Delivery {
  /** Its own, the same at each retry. */
  readonly id: string;
  readonly rule: Pick<Rule, "arn" | "name">;
  readonly target: Target & { readonly Id: string; readonly Arn: string };
  readonly event: BusEvent;
  readonly hops: number;
}

/** The services whose resources can be targets here, by the third part of their ARN. */
export const targetServices = ["lambda", "states", "sqs", "events", "logs"];

/** Calls the target once with `input`, as its role or as EventBridge itself. Throws what the target throws. */
export async function callTarget(platform: Platform, delivery: Delivery, input: string): Promise<void> {
  const { rule, target, event, hops } = delivery;
  const service: Caller = {
    type: "service",
    account: platform.account,
    arn: "events.amazonaws.com",
    sourceArn: rule.arn,
  };
  const asRole = () => {
    if (target.RoleArn === undefined) return service;
    return platform.assume(target.RoleArn, event.id.replaceAll("-", ""), "events.amazonaws.com");
  };
  switch (target.Arn.split(":")[2]) {
    case "lambda":
      await platform.call(service, "lambda", "Invoke", {
        FunctionName: target.Arn,
        InvocationType: "Event",
        Payload: Buffer.from(input),
      });
      return;
    case "states":
      await platform.call(asRole(), "states", "StartExecution", {
        stateMachineArn: target.Arn,
        name: `${event.id}_${delivery.id}`,
        input,
      });
      return;
    case "sqs":
      await platform.call(asRole(), "sqs", "SendMessage", queueMessage(target, input));
      return;
    case "events":
      await platform.call(asRole(), "events", "ForwardEvent", { bus: target.Arn, event, hops: hops + 1 });
      return;
    case "logs":
      platform.log({
        group: target.Arn.split(":log-group:")[1]?.replace(/:\*$/, "") ?? "",
        stream: event.id,
        at: platform.clock.now(),
        message: input,
      });
      return;
    default:
      throw new AwsError("NotATarget", `${target.Arn} cannot be a target in this local AWS`);
  }
}

function queueMessage(target: Target & { readonly Arn: string }, body: string) {
  const group = target.SqsParameters?.MessageGroupId;
  return {
    QueueUrl: queueUrl(target.Arn),
    MessageBody: body,
    ...(group === undefined ? {} : { MessageGroupId: group }),
  };
}

/** The URL of a queue, from its ARN. */
export function queueUrl(arn: string): string {
  const [, , , region, account, name] = arn.split(":");
  return `https://sqs.${region}.amazonaws.com/${account}/${name}`;
}
