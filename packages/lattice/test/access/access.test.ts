import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import {
  AcceptResourceShareInvitationCommand,
  GetResourceShareInvitationsCommand,
  RAMClient,
} from "@aws-sdk/client-ram";
import {
  CreateServiceCommand,
  CreateServiceNetworkServiceAssociationCommand,
  VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { type LocalAws, manualClock, startLocalAws } from "@espalier/local-aws";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readAccessLogs, readPremises } from "../../src/index.ts";

const vpcs = ["vpc-0123456789abcdef0", "vpc-0123456789abcdef1"] as const;
const everyone = { Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*" };

describe("what guards a service, read from Lattice", () => {
  let aws: LocalAws;
  beforeEach(async () => {
    aws = await startLocalAws({ clock: manualClock(), seed: 1, lattice: { transitionMs: 0 } });
    for (const [index, vpcId] of vpcs.entries()) aws.ec2.putVpc({ vpcId, cidrBlock: `10.${index}.0.0/16` });
  });
  afterEach(() => aws.close());

  const lattice = (credentials = aws.credentials) =>
    new VPCLatticeClient({ endpoint: aws.endpoint, region: aws.region, credentials, maxAttempts: 1 });
  const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);

  async function network(name: string, authType: string, ...entered: string[]): Promise<string> {
    const { id } = await call("CreateServiceNetwork", { name, authType });
    for (const vpcIdentifier of entered)
      await call("CreateServiceNetworkVpcAssociation", { serviceNetworkIdentifier: id, vpcIdentifier });
    return id;
  }

  async function service(name: string, ...networks: string[]) {
    const { id, arn, dnsEntry } = await call("CreateService", { name, tags: { team: "shop" } });
    const defaultAction = { fixedResponse: { statusCode: 404 } };
    await call("CreateListener", {
      serviceIdentifier: id,
      name: "http",
      protocol: "HTTP",
      port: 8080,
      defaultAction,
    });
    for (const serviceNetworkIdentifier of networks)
      await call("CreateServiceNetworkServiceAssociation", {
        serviceIdentifier: id,
        serviceNetworkIdentifier,
      });
    return { id, arn: arn as string, host: dnsEntry.domainName as string };
  }

  test("has its listeners, tags and names, and its networks with their VPCs and policies", async () => {
    const shop = await network("shop", "AWS_IAM", vpcs[0]);
    const open = await network("open", "NONE", vpcs[1]);
    const fruit = await service("fruit", shop, open);
    await service("juice", shop);
    await network("empty", "NONE");
    await call("PutAuthPolicy", {
      resourceIdentifier: shop,
      policy: JSON.stringify({ Statement: everyone }),
    });

    const { networks, services } = await readPremises(lattice(), ({ name }) => name === "fruit");
    expect(services).toEqual([
      {
        name: "fruit",
        arn: fruit.arn,
        hosts: [fruit.host],
        guard: { type: "open" },
        listeners: [{ protocol: "HTTP", port: 8080 }],
        tags: { team: "shop" },
      },
    ]);
    expect(networks.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toMatchObject([
      { name: "open", guard: { type: "open" }, vpcs: [{ id: vpcs[1], account: aws.account }] },
      {
        name: "shop",
        guard: { type: "policy", document: { Statement: everyone } },
        vpcs: [{ id: vpcs[0], account: aws.account }],
        services: [fruit.arn],
      },
    ]);
    const all = await readPremises(lattice());
    expect(all.services.map(({ name }) => name).sort()).toEqual(["fruit", "juice"]);
    expect(all.networks.find(({ name }) => name === "shop")?.services).toHaveLength(2);
  });

  test("says that a policy is not attached, or that it may not be read", async () => {
    await service("fruit", await network("shop", "AWS_IAM"));
    const guards = async (client: VPCLatticeClient) =>
      (await readPremises(client)).networks.map(({ guard }) => guard);
    expect(await guards(lattice())).toEqual([{ type: "policy", document: undefined }]);
    const { arn } = aws.iam.putRole({
      name: "visitor",
      trust: { Statement: { Effect: "Allow", Principal: { AWS: aws.account }, Action: "sts:AssumeRole" } },
      policies: {
        most: {
          Statement: [
            { Effect: "Allow", Action: "*", Resource: "*" },
            { Effect: "Deny", Action: "vpc-lattice:GetAuthPolicy", Resource: "*" },
          ],
        },
      },
    });
    const visitor = aws.iam.assume(arn, "session", aws.iam.root.caller);
    expect(await guards(lattice(aws.iam.credentialsOf(visitor)))).toEqual([
      { type: "unknown", why: expect.stringMatching(/^the auth policy of network shop may not be read: /) },
    ]);
  });

  test("is unknown as far as it is another account's, whose services are seen in the network that they join", async () => {
    const other = aws.inAccount("222222222222");
    const shop = await call("CreateServiceNetwork", { name: "shop", authType: "AWS_IAM" });
    await call("PutAuthPolicy", {
      resourceIdentifier: shop.id,
      policy: JSON.stringify({ Statement: everyone }),
    });
    await aws.call("ram", "CreateResourceShare", {
      name: "shop",
      resourceArns: [shop.arn],
      principals: ["222222222222"],
    });
    const settings = { endpoint: aws.endpoint, region: aws.region, credentials: other.credentials };
    const ram = new RAMClient(settings);
    const { resourceShareInvitations } = await ram.send(new GetResourceShareInvitationsCommand({}));
    await ram.send(
      new AcceptResourceShareInvitationCommand({
        resourceShareInvitationArn: resourceShareInvitations?.[0]?.resourceShareInvitationArn,
      }),
    );
    const theirs = lattice(other.credentials);
    const payment = await theirs.send(new CreateServiceCommand({ name: "payment" }));
    await theirs.send(
      new CreateServiceNetworkServiceAssociationCommand({
        serviceIdentifier: payment.id,
        serviceNetworkIdentifier: shop.arn,
      }),
    );

    const ours = await readPremises(lattice(), ({ name }) => name === "payment");
    expect(ours.services).toMatchObject([
      {
        name: "payment",
        arn: payment.arn,
        hosts: [payment.dnsEntry?.domainName],
        listeners: undefined,
        guard: {
          type: "unknown",
          why: "the service payment is of account 222222222222, and its policy is not seen",
        },
      },
    ]);
    expect(ours.networks).toMatchObject([
      { name: "shop", guard: { type: "policy" }, services: [payment.arn] },
    ]);
    const seenByThem = await readPremises(theirs);
    expect(seenByThem.services).toMatchObject([{ name: "payment", guard: { type: "open" }, listeners: [] }]);
    expect(seenByThem.networks).toMatchObject([
      { name: "shop", guard: { type: "unknown" }, services: [payment.arn] },
    ]);
  });

  test("of access logs are counted, and what is not read is told with the reason", async () => {
    const logs = new CloudWatchLogsClient({
      endpoint: aws.endpoint,
      region: aws.region,
      credentials: aws.credentials,
    });
    const group = (name: string) => `arn:aws:logs:${aws.region}:${aws.account}:log-group:${name}`;
    await aws.call("logs", "CreateLogGroup", { logGroupName: "access" });
    await aws.call("logs", "CreateLogStream", { logGroupName: "access", logStreamName: "s" });
    const service = "arn:aws:vpc-lattice:us-east-1:1:service/svc-1";
    const message = (more: object) =>
      JSON.stringify({
        serviceArn: service,
        serviceNetworkArn: "n",
        requestMethod: "GET",
        requestPath: "/",
        ...more,
      });
    const lines = [message({}), message({ serviceArn: "another" }), message({ requestMethod: "PUT" })];
    await aws.call("logs", "PutLogEvents", {
      logGroupName: "access",
      logStreamName: "s",
      logEvents: lines.map((line, at) => ({ timestamp: at, message: line })),
    });
    const read = (more: object) =>
      readAccessLogs(logs, { destinations: [`${group("access")}:*`], from: 0, most: 10, service, ...more });

    expect(await read({})).toMatchObject({
      seen: [{ method: "GET" }, { method: "PUT" }],
      lines: 2,
      unread: [],
    });
    expect((await read({ from: 1 })).seen).toMatchObject([{ method: "PUT" }]);
    expect(await read({ most: 1 })).toMatchObject({
      seen: [{ method: "GET" }],
      unread: [{ why: "only the first 1 lines were read" }],
    });
    const destinations = ["arn:aws:s3:::bucket", group("nowhere")];
    expect((await read({ destinations })).unread).toEqual([
      { destination: "arn:aws:s3:::bucket", why: "only log groups of CloudWatch Logs are read" },
      { destination: group("nowhere"), why: "there is no such log group" },
    ]);
  });
});
