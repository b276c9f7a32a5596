import { logical, named } from "./names.ts";
import { serviceRole } from "./service-role.ts";

/** Which events: those of a bus (the account's default bus if none is named) that match a pattern. */
export interface Selection {
  readonly bus?: aws.cloudwatch.EventBus;
  readonly pattern: Record<string, unknown>;
  /** Where an event goes that could not be delivered. */
  readonly undelivered: aws.sqs.Queue;
}

/** A rule and where it leads. */
export interface Route {
  readonly rule: aws.cloudwatch.EventRule;
  readonly target: aws.cloudwatch.EventTarget;
}

/** A rule that starts one execution of a workflow for each event, the event being its input. */
export function startsWorkflow(name: string, selection: Selection, machine: aws.sfn.StateMachine): Route {
  const role = serviceRole(name, "events.amazonaws.com", [
    { actions: ["states:StartExecution"], resources: [machine.arn] },
  ]);
  const rule = eventRule(name, selection);
  return { rule, target: target(name, selection, rule, { arn: machine.arn, roleArn: role.arn }) };
}

/** A rule that invokes a function, asynchronously, with each event. */
export function invokesFunction(name: string, selection: Selection, fn: sst.aws.Function): Route {
  const rule = eventRule(name, selection);
  new aws.lambda.Permission(`${logical(name)}Permission`, {
    action: "lambda:InvokeFunction",
    function: fn.name,
    principal: "events.amazonaws.com",
    sourceArn: rule.arn,
  });
  return { rule, target: target(name, selection, rule, { arn: fn.arn }) };
}

function eventRule(name: string, { bus, pattern }: Selection): aws.cloudwatch.EventRule {
  return new aws.cloudwatch.EventRule(`${logical(name)}Rule`, {
    name: named(name),
    eventBusName: bus?.name,
    eventPattern: $jsonStringify(pattern),
  });
}

function target(
  name: string,
  { bus, undelivered }: Selection,
  rule: aws.cloudwatch.EventRule,
  to: { arn: $util.Input<string>; roleArn?: $util.Input<string> },
): aws.cloudwatch.EventTarget {
  return new aws.cloudwatch.EventTarget(`${logical(name)}Target`, {
    rule: rule.name,
    eventBusName: bus?.name,
    targetId: name,
    ...to,
    deadLetterConfig: { arn: undelivered.arn },
  });
}
