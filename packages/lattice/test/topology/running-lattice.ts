import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { type LocalAws, manualClock, startLocalAws } from "@espalier/local-aws";
import {
  type Attempt,
  nextTurn,
  plan,
  type ReadyChange,
  type Report,
  type TopologyDocument,
} from "@espalier/topology";
import { afterEach } from "vitest";
import { makeChange, readTopology } from "../../src/index.ts";

const running: LocalAws[] = [];
afterEach(async () => {
  for (const aws of running.splice(0)) await aws.close();
});

export const vpc = "vpc-0123456789abcdef0";
export const securityGroup = "sg-0123456789abcdef0";

/** A local AWS with a VPC, the SDK's client for its Lattice, and an apply that goes turn by turn on a clock that stands still. */
export async function runningLattice(latency = 0) {
  const clock = manualClock();
  const aws = await startLocalAws({ clock, seed: 1, lattice: { transitionMs: latency } });
  running.push(aws);
  aws.ec2.putVpc({ vpcId: vpc, cidrBlock: "10.0.0.0/16" });
  aws.ec2.putSecurityGroup({ groupId: securityGroup, groupName: "lattice", vpcId: vpc });
  const client = new VPCLatticeClient({
    endpoint: aws.endpoint,
    region: aws.region,
    credentials: aws.credentials,
    maxAttempts: 1,
  });

  let runs = 0;
  async function make({ address, verb, sentence, write }: ReadyChange): Promise<Attempt> {
    const step = { address, verb, sentence };
    return makeChange(client, write, `${runs} ${address}`).then(
      (outcome) => ({ outcome, ...step }),
      (error: Error) => ({ outcome: "failed", ...step, error: error.name, cause: error.message }),
    );
  }

  async function apply(document: TopologyDocument): Promise<Report> {
    const attempts: Attempt[] = [];
    runs += 1;
    for (;;) {
      const turn = nextTurn(plan(document, await readTopology(client, document)), attempts, 0);
      if (turn.next === "settle") return turn.report;
      if (turn.next === "refuse") throw new Error(JSON.stringify(turn.problems));
      if (turn.next === "wait") await clock.advance(1_000);
      else for (const change of turn.changes) attempts.push(await make(change));
    }
  }

  return {
    aws,
    client,
    clock,
    apply,
    read: (document: TopologyDocument) => readTopology(client, document),
  };
}

/** A function to be a target; nobody calls it. */
export function putFunction(aws: LocalAws, name: string): string {
  const { arn } = aws.iam.putRole({
    name,
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: {},
  });
  const code = { directory: import.meta.dirname, handler: "none.handler", environment: {} };
  return aws.lambda.putFunction({ name, ...code, roleArn: arn, timeoutSeconds: 1, memoryMb: 128 });
}
