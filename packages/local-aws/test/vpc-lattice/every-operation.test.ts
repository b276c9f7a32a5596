import * as sdk from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";
import { vpcId } from "./shop-builder.ts";

const suffix = "0123456789abcdef0";
const own = "arn:aws:vpc-lattice:us-east-1:123456789012";
const fixed = { fixedResponse: { statusCode: 404 } };
const match = { httpMatch: { method: "GET" } };
const destination = (name: string) => `arn:aws:logs:us-east-1:123456789012:log-group:${name}`;
const policy = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }],
});

type Ids = Readonly<Record<string, string>>;

let client: sdk.VPCLatticeClient;
let groupId: string;

beforeEach(async () => {
  const { aws, settings } = await runningLocalAws({ lattice: { transitionMs: 0 } });
  for (const last of [0, 1, 2])
    aws.ec2.putVpc({ vpcId: vpcId.replace(/0$/, String(last)), cidrBlock: "10.0.0.0/16" });
  for (const logGroupName of ["one", "two"]) await aws.call("logs", "CreateLogGroup", { logGroupName });
  client = new sdk.VPCLatticeClient(settings);
});
afterEach(() => client.destroy());

/** Sends a command of the SDK's client by its operation's name. */
// biome-ignore lint/suspicious/noExplicitAny: each operation has its own output.
function send(operation: string, input: object): Promise<any> {
  const commands = new Map<string, unknown>(Object.entries(sdk));
  const Command = commands.get(`${operation}Command`) as new (input: object) => sdk.ListServicesCommand;
  return client.send(new Command(input));
}

/** One of everything, by the member that names it. */
async function everything(naming: "id" | "arn"): Promise<Ids> {
  const make = async (operation: string, input: object) => (await send(operation, input))[naming] as string;
  const serviceNetworkIdentifier = await make("CreateServiceNetwork", { name: "shop" });
  const serviceIdentifier = await make("CreateService", { name: "inventory" });
  const listener = { serviceIdentifier, name: "http", protocol: "HTTP", defaultAction: fixed };
  const listenerIdentifier = await make("CreateListener", listener);
  const rule = { serviceIdentifier, listenerIdentifier, name: "stock", priority: 1, match, action: fixed };
  const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpcId };
  const association = { serviceIdentifier, serviceNetworkIdentifier };
  const ids = {
    ...{ serviceNetworkIdentifier, serviceIdentifier, listenerIdentifier },
    ruleIdentifier: await make("CreateRule", rule),
    targetGroupIdentifier: await make("CreateTargetGroup", { name: "one", type: "IP", config }),
    serviceNetworkServiceAssociationIdentifier: await make(
      "CreateServiceNetworkServiceAssociation",
      association,
    ),
    serviceNetworkVpcAssociationIdentifier: await make("CreateServiceNetworkVpcAssociation", {
      ...{ serviceNetworkIdentifier, vpcIdentifier: vpcId, securityGroupIds: [`sg-${suffix}`] },
    }),
    accessLogSubscriptionIdentifier: await make("CreateAccessLogSubscription", {
      ...{ resourceIdentifier: serviceIdentifier, destinationArn: destination("one") },
    }),
  };
  const { arn } = await send("GetService", ids);
  groupId = (await send("GetTargetGroup", ids)).id;
  return { ...ids, resourceIdentifier: serviceIdentifier, resourceArn: arn };
}

const missing: Ids = {
  serviceNetworkIdentifier: `sn-${suffix}`,
  serviceIdentifier: `svc-${suffix}`,
  listenerIdentifier: `listener-${suffix}`,
  ruleIdentifier: `rule-${suffix}`,
  targetGroupIdentifier: `tg-${suffix}`,
  serviceNetworkServiceAssociationIdentifier: `snsa-${suffix}`,
  serviceNetworkVpcAssociationIdentifier: `snva-${suffix}`,
  accessLogSubscriptionIdentifier: `als-${suffix}`,
  resourceIdentifier: `svc-${suffix}`,
  resourceArn: `${own}:service/svc-${suffix}`,
};

/** What names the subject of an operation, and what the operation wants besides; in an order in which each finds its subject. */
const onOne: readonly [operation: string, subject: string, more?: object][] = [
  ["GetServiceNetwork", "serviceNetworkIdentifier"],
  ["UpdateServiceNetwork", "serviceNetworkIdentifier", { authType: "NONE" }],
  ["GetService", "serviceIdentifier"],
  ["UpdateService", "serviceIdentifier", { idleTimeoutSeconds: 61 }],
  ["ListListeners", "serviceIdentifier"],
  ["GetListener", "listenerIdentifier"],
  ["UpdateListener", "listenerIdentifier", { defaultAction: fixed }],
  ["ListRules", "listenerIdentifier"],
  ["GetRule", "ruleIdentifier"],
  ["UpdateRule", "ruleIdentifier", { priority: 2 }],
  ["GetTargetGroup", "targetGroupIdentifier"],
  ["UpdateTargetGroup", "targetGroupIdentifier", { healthCheck: { enabled: false } }],
  ["RegisterTargets", "targetGroupIdentifier", { targets: [{ id: "10.0.0.1" }] }],
  ["ListTargets", "targetGroupIdentifier"],
  ["DeregisterTargets", "targetGroupIdentifier", { targets: [{ id: "10.0.0.1" }] }],
  ["GetServiceNetworkServiceAssociation", "serviceNetworkServiceAssociationIdentifier"],
  ["GetServiceNetworkVpcAssociation", "serviceNetworkVpcAssociationIdentifier"],
  [
    "UpdateServiceNetworkVpcAssociation",
    "serviceNetworkVpcAssociationIdentifier",
    { securityGroupIds: [`sg-${suffix}`] },
  ],
  ["GetAccessLogSubscription", "accessLogSubscriptionIdentifier"],
  ["ListAccessLogSubscriptions", "resourceIdentifier"],
  ["UpdateAccessLogSubscription", "accessLogSubscriptionIdentifier", { destinationArn: destination("two") }],
  ["PutAuthPolicy", "resourceIdentifier", { policy }],
  ["GetAuthPolicy", "resourceIdentifier"],
  ["DeleteAuthPolicy", "resourceIdentifier"],
  ["PutResourcePolicy", "resourceArn", { policy }],
  ["GetResourcePolicy", "resourceArn"],
  ["DeleteResourcePolicy", "resourceArn"],
  ["TagResource", "resourceArn", { tags: { team: "a" } }],
  ["ListTagsForResource", "resourceArn"],
  ["UntagResource", "resourceArn", { tagKeys: ["team"] }],
  ["DeleteAccessLogSubscription", "accessLogSubscriptionIdentifier"],
  ["DeleteServiceNetworkServiceAssociation", "serviceNetworkServiceAssociationIdentifier"],
  ["DeleteServiceNetworkVpcAssociation", "serviceNetworkVpcAssociationIdentifier"],
  ["DeleteRule", "ruleIdentifier"],
  ["DeleteListener", "listenerIdentifier"],
  ["DeleteService", "serviceIdentifier"],
  ["DeleteServiceNetwork", "serviceNetworkIdentifier"],
];

/** Its model has no ResourceNotFoundException. */
const noneIsNoError = "ListAccessLogSubscriptions";

const types: Ids = {
  serviceNetworkIdentifier: "SERVICE_NETWORK",
  serviceIdentifier: "SERVICE",
  listenerIdentifier: "LISTENER",
  ruleIdentifier: "RULE",
  targetGroupIdentifier: "TARGET_GROUP",
  serviceNetworkServiceAssociationIdentifier: "SERVICE_NETWORK_SERVICE_ASSOCIATION",
  serviceNetworkVpcAssociationIdentifier: "SERVICE_NETWORK_VPC_ASSOCIATION",
  accessLogSubscriptionIdentifier: "ACCESS_LOG_SUBSCRIPTION",
  resourceIdentifier: "SERVICE",
  resourceArn: "SERVICE",
};

describe("Every operation on something", () => {
  test.for(["id", "arn"] as const)("takes its %s, percent-encoded in paths", async (naming) => {
    const ids = await everything(naming);
    for (const [operation, , more] of onOne) {
      const answer = await send(operation, { ...ids, ...more });
      expect(answer, operation).toMatchObject({ $metadata: { httpStatusCode: expect.any(Number) } });
    }
  });

  test("says of what is not there which it is, by type and id, the outermost first", async () => {
    const there = await everything("arn");
    for (const [operation, subject, more] of onOne.filter(([name]) => name !== noneIsNoError)) {
      const id = subject === "resourceArn" ? missing.resourceIdentifier : missing[subject];
      const of = (resourceId: string | undefined, resourceType: string | undefined) =>
        ({ name: "ResourceNotFoundException", resourceId, resourceType }) as object;
      for (const name of [missing[subject], arnOf(there[subject] ?? "", id ?? "")])
        await expect(
          send(operation, { ...there, [subject]: name, ...more }),
          operation,
        ).rejects.toMatchObject(of(id, types[subject]));
      if (subject === "listenerIdentifier" || subject === "ruleIdentifier")
        await expect(send(operation, { ...missing, ...more }), operation).rejects.toMatchObject(
          of(missing.serviceIdentifier, "SERVICE"),
        );
    }
    expect(await send(noneIsNoError, missing)).toMatchObject({ items: [] });
  });
});

/** The ARN that another of its kind would have. */
function arnOf(arn: string, id: string): string {
  return `${arn.slice(0, arn.lastIndexOf("/") + 1)}${id}`;
}

describe("Every create operation", () => {
  test("makes one thing for a token, however often it is asked, and refuses the token for another", async () => {
    const ids = await everything("id");
    const { id: serviceIdentifier } = await send("CreateService", { name: "other" });
    const { id: serviceNetworkIdentifier } = await send("CreateServiceNetwork", { name: "other" });
    const listener = { serviceIdentifier, protocol: "HTTP", defaultAction: fixed };
    const rule = { ...ids, priority: 9, match, action: fixed };
    const association = { serviceIdentifier, serviceNetworkIdentifier };
    const vpcs = { serviceNetworkIdentifier, vpcIdentifier: vpcId.replace(/0$/, "1") };
    const logs = { resourceIdentifier: serviceIdentifier, destinationArn: destination("one") };
    const creates: readonly [operation: string, input: object, other: object][] = [
      ["CreateServiceNetwork", { name: "new" }, { name: "newer" }],
      ["CreateService", { name: "new" }, { name: "newer" }],
      ["CreateTargetGroup", { name: "new", type: "LAMBDA" }, { name: "newer", type: "LAMBDA" }],
      ["CreateListener", { ...listener, name: "new" }, { ...listener, name: "newer", port: 81 }],
      ["CreateRule", { ...rule, name: "new" }, { ...rule, name: "newer", priority: 10 }],
      ["CreateServiceNetworkServiceAssociation", association, { ...association, tags: { team: "a" } }],
      ["CreateServiceNetworkVpcAssociation", vpcs, { ...vpcs, vpcIdentifier: vpcId.replace(/0$/, "2") }],
      ["CreateAccessLogSubscription", logs, { ...logs, destinationArn: destination("two") }],
    ];
    for (const [operation, input, other] of creates) {
      const clientToken = "token";
      const first = await send(operation, { ...input, clientToken });
      const again = await send(operation, { ...input, clientToken });
      expect({ ...again, $metadata: {} }, operation).toEqual({ ...first, $metadata: {} });
      await expect(send(operation, { ...other, clientToken }), operation).rejects.toMatchObject({
        name: "ConflictException",
      });
      await expect(send(operation, input), operation).rejects.toMatchObject({ name: "ConflictException" });
    }
  });
});

describe("An access log", () => {
  test.for([
    ["a log group whose name begins another's", destination("on"), "LOG_GROUP", "on"],
    ["a bucket", "arn:aws:s3:::no-such-bucket/prefix", "BUCKET", "no-such-bucket"],
  ] as const)("does not go to %s that is not there", async ([, destinationArn, resourceType, resourceId]) => {
    const ids = await everything("id");
    const missing = { name: "ResourceNotFoundException", resourceType, resourceId };
    const resourceIdentifier = ids.serviceNetworkIdentifier;
    await expect(
      send("CreateAccessLogSubscription", { resourceIdentifier, destinationArn }),
    ).rejects.toMatchObject(missing);
    if (resourceType === "LOG_GROUP")
      await expect(send("UpdateAccessLogSubscription", { ...ids, destinationArn })).rejects.toMatchObject(
        missing,
      );
  });
});

describe("Every list operation", () => {
  test("gives page after page what it gives at once", async () => {
    const ids = await everything("id");
    const { serviceIdentifier, serviceNetworkIdentifier, listenerIdentifier } = ids;
    for (const name of ["two", "three"]) {
      const last = name === "two" ? 1 : 2;
      await send("CreateServiceNetwork", { name });
      const { id } = await send("CreateService", { name });
      await send("CreateServiceNetworkServiceAssociation", {
        serviceIdentifier: id,
        serviceNetworkIdentifier,
      });
      await send("CreateServiceNetworkVpcAssociation", {
        ...{ serviceNetworkIdentifier, vpcIdentifier: vpcId.replace(/0$/, String(last)) },
      });
      await send("CreateRule", { ...ids, name, priority: 10 + last, match, action: fixed });
      await send("CreateTargetGroup", { name, type: "LAMBDA" });
      const targets = [{ id: `10.0.0.${last}` }];
      await send("RegisterTargets", { targetGroupIdentifier: groupId, targets });
    }
    const second = { name: "second", protocol: "HTTP", port: 81, defaultAction: fixed };
    await send("CreateListener", { serviceIdentifier, ...second });
    const destinationArn = "arn:aws:firehose:us-east-1:123456789012:deliverystream/logs";
    await send("CreateAccessLogSubscription", { resourceIdentifier: serviceIdentifier, destinationArn });
    const lists: readonly [operation: string, input: object, count: number][] = [
      ["ListServiceNetworks", {}, 3],
      ["ListServices", {}, 3],
      ["ListTargetGroups", {}, 3],
      ["ListListeners", { serviceIdentifier }, 2],
      ["ListRules", { serviceIdentifier, listenerIdentifier }, 4],
      ["ListTargets", { targetGroupIdentifier: groupId }, 2],
      ["ListServiceNetworkServiceAssociations", { serviceNetworkIdentifier }, 3],
      ["ListServiceNetworkVpcAssociations", { serviceNetworkIdentifier }, 3],
      ["ListAccessLogSubscriptions", { resourceIdentifier: serviceIdentifier }, 2],
    ];
    for (const [operation, input, count] of lists) {
      const { items } = await send(operation, input);
      expect(items, operation).toHaveLength(count);
      const seen: unknown[] = [];
      let nextToken: string | undefined;
      do {
        const page = await send(operation, { ...input, maxResults: 1, nextToken });
        expect(page.items, operation).toHaveLength(1);
        seen.push(...page.items);
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      expect(seen, operation).toEqual(items);
    }
  });
});
