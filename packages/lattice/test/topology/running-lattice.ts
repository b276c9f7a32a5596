import { type LocalAws, manualClock, startLocalAws } from "@espalier/local-aws";
import {
  type Attempted,
  type Existing,
  nextTurn,
  plan,
  progress,
  progressOf,
  type ReadyChange,
  type Report,
  type TopologyDocument,
  watched,
} from "@espalier/topology";
import { afterEach } from "vitest";
import {
  makeChange,
  readLives,
  readTopology,
  type TopologyClients,
  topologyClients,
} from "../../src/index.ts";

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
  for (const logGroupName of ["/shop", "/shop-2"]) await aws.call("logs", "CreateLogGroup", { logGroupName });
  await aws.call("s3", "CreateBucket", { Bucket: "shop-logs" });
  const clientsOf = (credentials: LocalAws["credentials"]) =>
    topologyClients({ endpoint: aws.endpoint, region: aws.region, credentials, maxAttempts: 1 });
  const clients = clientsOf(aws.credentials);

  let runs = 0;
  let known: Existing | undefined;
  async function make(
    clients: TopologyClients,
    { address, verb, sentence, locks, write }: ReadyChange,
  ): Promise<Attempted> {
    const step = { address, verb, sentence };
    return makeChange(clients, write, `${runs} ${address}`).then(
      (learnt) => ({
        attempt: { outcome: learnt.type === "seen" ? "stale" : "made", ...step },
        ...{ locks, learnt },
      }),
      ({ name, message }: Error) => ({
        attempt: { outcome: "failed", ...step, error: name, cause: message },
        ...{ locks, learnt: { type: "nothing" } },
      }),
    );
  }

  /** Reads what there is once, as the workflow does, and then follows what is under way by lists alone. */
  async function apply(document: TopologyDocument, as = clients): Promise<Report> {
    runs += 1;
    let so = progressOf([{ type: "read", existing: await readTopology(as, document) }]);
    for (;;) {
      known = so.existing;
      const turn = nextTurn(plan(document, so.existing), so.attempts, 0);
      if (turn.next === "settle") return turn.report;
      if (turn.next === "refuse") throw new Error(JSON.stringify(turn.problems));
      if (turn.next === "wait") {
        await clock.advance(1_000);
        so = progress(so, {
          type: "followed",
          lives: await readLives(as.lattice, watched(so.existing)),
        });
        continue;
      }
      const changes: Attempted[] = [];
      for (const change of turn.changes) changes.push(await make(as, change));
      so = progress(so, { type: "attempted", changes });
    }
  }

  return {
    aws,
    client: clients.lattice,
    clients,
    /** The clients of the root of another account. */
    clientsOf: (account: string) => clientsOf(aws.inAccount(account).credentials),
    clock,
    apply,
    /** What the last apply knew of Lattice at its end. */
    known(): Existing {
      if (known === undefined) throw new Error("nothing was applied");
      return known;
    },
    read: (document: TopologyDocument, as = clients) => readTopology(as, document),
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
