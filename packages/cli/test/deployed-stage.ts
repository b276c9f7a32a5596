import { type LocalAws, startLocalAws } from "@espalier/local-aws";
import { deployEspalier } from "../../../test/rollout/deployed-espalier.ts";
import { healthy, type Shop, shop } from "../../../test/rollout/shop.ts";
import { talkTo, writeOutputs } from "./aws-environment.ts";

/** An embedded AWS in a hurry, where the stage "test" of Espalier runs; this process's SDK clients talk to it. */
export interface DeployedStage {
  readonly aws: LocalAws;
  /** The service `name` with a healthy v1, which has all of the traffic, and a healthy v2. */
  open(name: string): Promise<Shop>;
  close(): Promise<void>;
}

/** Starts one and writes down its outputs, as the stack does. */
export async function deployedStage(): Promise<DeployedStage> {
  const aws = await startLocalAws({ speed: 600, lattice: { transitionMs: 0 } });
  const { bus, table, rolloutMachine } = await deployEspalier(aws);
  const outputs = { bus, table, rolloutStateMachine: rolloutMachine, ...(await schedules(aws, bus)) };
  await writeOutputs(aws, outputs);
  const leave = talkTo(aws);
  const shops: Shop[] = [];
  return {
    aws,
    async open(name) {
      const opened = await shop(aws, name, { v1: healthy, v2: healthy });
      shops.push(opened);
      return opened;
    },
    async close() {
      leave();
      for (const opened of shops) opened.close();
      await aws.close();
    },
  };
}

/** What the stack makes for schedules: a group, a role that may put events on the bus and nothing else, a queue. */
async function schedules(aws: LocalAws, bus: string) {
  const busArn = `arn:aws:events:${aws.region}:${aws.account}:event-bus/${bus}`;
  await aws.call("scheduler", "CreateScheduleGroup", { Name: "rollouts" });
  await aws.call("sqs", "CreateQueue", { QueueName: "undelivered" });
  const { arn: scheduleRole } = aws.iam.putRole({
    name: "schedules",
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "scheduler.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: { bus: { Statement: { Effect: "Allow", Action: "events:PutEvents", Resource: busArn } } },
  });
  const undelivered = `arn:aws:sqs:${aws.region}:${aws.account}:undelivered`;
  return { busArn, scheduleGroup: "rollouts", scheduleRole, undelivered };
}
