import {
  AcceptResourceShareInvitationCommand,
  AssociateResourceShareCommand,
  CreateResourceShareCommand,
  DeleteResourceShareCommand,
  DisassociateResourceShareCommand,
  GetResourceShareAssociationsCommand,
  GetResourceShareInvitationsCommand,
  GetResourceSharesCommand,
  ListResourcesCommand,
  RAMClient,
} from "@aws-sdk/client-ram";
import { GetParameterCommand, PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import {
  CreateServiceCommand,
  CreateServiceNetworkCommand,
  CreateServiceNetworkServiceAssociationCommand,
  CreateServiceNetworkVpcAssociationCommand,
  DeleteServiceCommand,
  DeleteServiceNetworkServiceAssociationCommand,
  GetServiceCommand,
  GetServiceNetworkCommand,
  ListServiceNetworkServiceAssociationsCommand,
  ListServicesCommand,
  PutResourcePolicyCommand,
  UpdateServiceCommand,
  UpdateServiceNetworkVpcAssociationCommand,
  VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import { describe, expect, test } from "vitest";
import { restarting } from "../restart/restarting.ts";
import { clientSettings, runningLocalAws } from "../running-local-aws.ts";
import { portOf, send, started } from "../vpc-lattice/shop-builder.ts";

const other = "222222222222";
const vpcId = "vpc-0123456789abcdef0";
const credentials = { accessKeyId: "AKIAOTHER", secretAccessKey: "the other's secret" };

/** Two accounts: the first owns a network and a service of the names given, the other a VPC and a service. */
async function twoAccounts() {
  const { aws, settings } = await runningLocalAws({
    accounts: { [other]: credentials },
    lattice: { transitionMs: 0 },
  });
  const theirs = clientSettings(aws, credentials);
  const [lattice, theirLattice] = [new VPCLatticeClient(settings), new VPCLatticeClient(theirs)];
  aws.inAccount(other).ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
  const network = await lattice.send(new CreateServiceNetworkCommand({ name: "shared" }));
  const service = await lattice.send(new CreateServiceCommand({ name: "inventory" }));
  const theirService = await theirLattice.send(new CreateServiceCommand({ name: "inventory" }));
  return {
    ...{ aws, settings, theirs, lattice, theirLattice, network, service, theirService },
    ram: new RAMClient(settings),
    theirRam: new RAMClient(theirs),
  };
}

type Two = Awaited<ReturnType<typeof twoAccounts>>;

async function share({ ram, theirRam }: Two, ...resourceArns: (string | undefined)[]): Promise<string> {
  const { resourceShare } = await ram.send(
    new CreateResourceShareCommand({
      name: "shop",
      resourceArns: resourceArns.map(String),
      principals: [other],
    }),
  );
  const { resourceShareInvitations = [] } = await theirRam.send(new GetResourceShareInvitationsCommand({}));
  const pending = resourceShareInvitations.find(({ status }) => status === "PENDING");
  await theirRam.send(
    new AcceptResourceShareInvitationCommand({
      resourceShareInvitationArn: String(pending?.resourceShareInvitationArn),
    }),
  );
  return String(resourceShare?.resourceShareArn);
}

const refused = { name: "AccessDeniedException" };
const missing = { name: "ResourceNotFoundException" };

describe("Accounts in one process", () => {
  test("have their own parameters and identities, by the credentials of the caller", async () => {
    const { settings, theirs } = await twoAccounts();
    const put = (Value: string) => new PutParameterCommand({ Name: "/who", Value, Type: "String" });
    await new SSMClient(settings).send(put("first"));
    await new SSMClient(theirs).send(put("other"));
    const { Parameter } = await new SSMClient(theirs).send(new GetParameterCommand({ Name: "/who" }));
    expect(Parameter).toMatchObject({ Value: "other", ARN: `arn:aws:ssm:us-east-1:${other}:parameter/who` });
    expect(await new STSClient(theirs).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Account: other,
      Arn: `arn:aws:iam::${other}:root`,
    });
  });

  test("lend each other their roles", async () => {
    const { aws, settings } = await twoAccounts();
    const Statement = { Effect: "Allow", Principal: { AWS: aws.account }, Action: "sts:AssumeRole" } as const;
    const { arn } = aws.inAccount(other).iam.putRole({ name: "lent", trust: { Statement }, policies: {} });
    const { Credentials } = await new STSClient(settings).send(
      new AssumeRoleCommand({ RoleArn: arn, RoleSessionName: "visit" }),
    );
    const session = {
      accessKeyId: String(Credentials?.AccessKeyId),
      secretAccessKey: String(Credentials?.SecretAccessKey),
      sessionToken: String(Credentials?.SessionToken),
    };
    const sts = new STSClient({ ...settings, credentials: session });
    expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: other });
    const nobodys = new AssumeRoleCommand({
      RoleArn: "arn:aws:iam::999999999999:role/lent",
      RoleSessionName: "visit",
    });
    await expect(new STSClient(settings).send(nobodys)).rejects.toMatchObject({ name: "AccessDenied" });
  });

  test("see nothing of each other's Lattice, and name their things as they like", async () => {
    const { theirLattice, service, network, theirService } = await twoAccounts();
    expect(theirService.arn).toContain(`:${other}:service/`);
    const { items } = await theirLattice.send(new ListServicesCommand({}));
    expect(items?.map(({ id }) => id)).toEqual([theirService.id]);
    const byId = new GetServiceCommand({ serviceIdentifier: service.id });
    await expect(theirLattice.send(byId)).rejects.toMatchObject(missing);
    const byArn = new GetServiceCommand({ serviceIdentifier: service.arn });
    await expect(theirLattice.send(byArn)).rejects.toMatchObject(refused);
    const associate = new CreateServiceNetworkServiceAssociationCommand({
      serviceIdentifier: theirService.id,
      serviceNetworkIdentifier: network.arn,
    });
    await expect(theirLattice.send(associate)).rejects.toMatchObject(refused);
  });

  test("keep the same names apart in each region that a request is signed for", async () => {
    const { lattice, settings, service } = await twoAccounts();
    const ireland = new VPCLatticeClient({ ...settings, region: "eu-west-1" });
    const made = await ireland.send(new CreateServiceCommand({ name: "inventory" }));
    expect(made.arn).toContain(":vpc-lattice:eu-west-1:123456789012:service/");
    expect(made.dnsEntry?.domainName).toContain(".eu-west-1.on.aws");
    const { items } = await lattice.send(new ListServicesCommand({}));
    expect(items?.map(({ id }) => id)).toEqual([service.id]);
    const abroad = new GetServiceCommand({ serviceIdentifier: service.arn });
    await expect(ireland.send(abroad)).rejects.toMatchObject(missing);
  });
});

describe("A resource share", () => {
  test("lets another account associate its own with a network once it is accepted, by ARN alone", async () => {
    const two = await twoAccounts();
    const { theirLattice, lattice, network, theirService } = two;
    await share(two, network.arn);
    const associate = (serviceNetworkIdentifier?: string) =>
      theirLattice.send(
        new CreateServiceNetworkServiceAssociationCommand({
          serviceIdentifier: theirService.id,
          serviceNetworkIdentifier,
        }),
      );
    await expect(associate(network.id)).rejects.toMatchObject(missing);
    const made = await associate(network.arn);
    expect(made).toMatchObject({
      createdBy: other,
      arn: expect.stringContaining(`:${other}:servicenetworkserviceassociation/`),
    });
    const seen = await lattice.send(
      new ListServiceNetworkServiceAssociationsCommand({ serviceNetworkIdentifier: network.id }),
    );
    expect(seen.items).toMatchObject([{ id: made.id, serviceArn: theirService.arn }]);
    const end = new DeleteServiceNetworkServiceAssociationCommand({
      serviceNetworkServiceAssociationIdentifier: made.arn,
    });
    expect((await lattice.send(end)).status).toBe("DELETE_IN_PROGRESS");
  });

  test("leaves what it shares to its owner to change", async () => {
    const two = await twoAccounts();
    const { theirLattice, service, network } = two;
    await share(two, service.arn, network.arn);
    const serviceIdentifier = service.arn;
    expect(await theirLattice.send(new GetServiceCommand({ serviceIdentifier }))).toMatchObject({
      id: service.id,
    });
    const update = new UpdateServiceCommand({ serviceIdentifier, authType: "AWS_IAM" });
    await expect(theirLattice.send(update)).rejects.toMatchObject(refused);
    await expect(theirLattice.send(new DeleteServiceCommand({ serviceIdentifier }))).rejects.toMatchObject(
      refused,
    );
    const both = new CreateServiceNetworkServiceAssociationCommand({
      serviceIdentifier,
      serviceNetworkIdentifier: network.arn,
    });
    await expect(theirLattice.send(both)).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining(`belongs to account ${other}`),
    });
  });

  test("lets a VPC in, whose association only its own account changes, and which outlives the share", async () => {
    const two = await twoAccounts();
    const { theirLattice, lattice, network, ram } = two;
    const arn = await share(two, network.arn);
    const made = await theirLattice.send(
      new CreateServiceNetworkVpcAssociationCommand({
        serviceNetworkIdentifier: network.arn,
        vpcIdentifier: vpcId,
        securityGroupIds: ["sg-0123456789abcdef0"],
      }),
    );
    const change = new UpdateServiceNetworkVpcAssociationCommand({
      serviceNetworkVpcAssociationIdentifier: made.arn,
      securityGroupIds: ["sg-0123456789abcdef1"],
    });
    await expect(lattice.send(change)).rejects.toMatchObject(refused);
    await ram.send(
      new DisassociateResourceShareCommand({
        resourceShareArn: arn,
        resourceArns: [String(network.arn)],
      }),
    );
    const get = new GetServiceNetworkCommand({ serviceNetworkIdentifier: network.arn });
    await expect(theirLattice.send(get)).rejects.toMatchObject(refused);
    expect(
      await lattice.send(new GetServiceNetworkCommand({ serviceNetworkIdentifier: network.id })),
    ).toMatchObject({ numberOfAssociatedVPCs: 1 });
    expect((await theirLattice.send(change)).securityGroupIds).toEqual(["sg-0123456789abcdef1"]);
  });

  test("is told with what is in it and who has accepted it, and is made once for a clientToken", async () => {
    const two = await twoAccounts();
    const { ram, network } = two;
    const resourceShareArn = await share(two, network.arn);
    const associations = async (associationType: "PRINCIPAL" | "RESOURCE") =>
      (await ram.send(new GetResourceShareAssociationsCommand({ associationType })))
        .resourceShareAssociations;
    expect(await associations("RESOURCE")).toMatchObject([
      { resourceShareArn, associatedEntity: network.arn },
    ]);
    expect(await associations("PRINCIPAL")).toMatchObject([
      { associatedEntity: other, status: "ASSOCIATED" },
    ]);
    const again = new CreateResourceShareCommand({ name: "again", clientToken: "once" });
    const made = [await ram.send(again), await ram.send(again)].map(
      (one) => one.resourceShare?.resourceShareArn,
    );
    expect(new Set(made).size).toBe(1);
  });

  test("is changed by a role only if its tags let it", async () => {
    const { aws, ram, network } = await twoAccounts();
    const ownTag = { Null: { "aws:ResourceTag/owner": "false" } };
    const ofNetworks = { StringEquals: { "ram:RequestedResourceType": "vpc-lattice:ServiceNetwork" } };
    const role = aws.iam.putRole({
      name: "sharer",
      trust: { Statement: { Effect: "Allow", Principal: { AWS: aws.account }, Action: "sts:AssumeRole" } },
      policies: {
        all: {
          Statement: [
            { Effect: "Allow", Action: "ram:DeleteResourceShare", Resource: "*", Condition: ownTag },
            { Effect: "Allow", Action: "ram:CreateResourceShare", Resource: "*", Condition: ofNetworks },
            { Effect: "Allow", Action: "vpc-lattice:GetServiceNetwork", Resource: "*" },
          ],
        },
      },
    });
    const caller = aws.iam.assume(role.arn, "session", aws.iam.root.caller);
    const theirs = new RAMClient(clientSettings(aws, aws.iam.credentialsOf(caller)));
    const resourceArns = [String(network.arn)];
    const tags = [{ key: "owner", value: "me" }];
    const own = await theirs.send(new CreateResourceShareCommand({ name: "own", resourceArns, tags }));
    await expect(theirs.send(new CreateResourceShareCommand({ name: "empty" }))).rejects.toMatchObject(
      refused,
    );
    const foreign = await ram.send(new CreateResourceShareCommand({ name: "foreign" }));
    const remove = ({ resourceShare }: typeof own) =>
      theirs.send(new DeleteResourceShareCommand({ resourceShareArn: resourceShare?.resourceShareArn }));
    await expect(remove(foreign)).rejects.toMatchObject(refused);
    expect((await remove(own)).returnValue).toBe(true);
  });

  test("means nothing before it is accepted, and is accepted once", async () => {
    const { ram, theirRam, theirLattice, service } = await twoAccounts();
    const { resourceShare } = await ram.send(
      new CreateResourceShareCommand({ name: "shop", principals: [other] }),
    );
    const added = await ram.send(
      new AssociateResourceShareCommand({
        resourceShareArn: resourceShare?.resourceShareArn,
        resourceArns: [String(service.arn)],
      }),
    );
    expect(added.resourceShareAssociations).toMatchObject([
      { associatedEntity: service.arn, associationType: "RESOURCE", status: "ASSOCIATED" },
    ]);
    const get = new GetServiceCommand({ serviceIdentifier: service.arn });
    await expect(theirLattice.send(get)).rejects.toMatchObject(refused);
    const { resourceShareInvitations } = await theirRam.send(new GetResourceShareInvitationsCommand({}));
    expect(resourceShareInvitations).toMatchObject([{ status: "PENDING", resourceShareName: "shop" }]);
    const accept = new AcceptResourceShareInvitationCommand({
      resourceShareInvitationArn: String(resourceShareInvitations?.[0]?.resourceShareInvitationArn),
    });
    expect((await theirRam.send(accept)).resourceShareInvitation?.status).toBe("ACCEPTED");
    await expect(theirRam.send(accept)).rejects.toMatchObject({
      name: "ResourceShareInvitationAlreadyAcceptedException",
    });
    const list = new ListResourcesCommand({ resourceOwner: "OTHER-ACCOUNTS" });
    expect((await theirRam.send(list)).resources).toMatchObject([
      { arn: service.arn, type: "vpc-lattice:Service" },
    ]);
    await ram.send(new DeleteResourceShareCommand({ resourceShareArn: resourceShare?.resourceShareArn }));
    await expect(theirLattice.send(get)).rejects.toMatchObject(refused);
    const { resourceShares } = await ram.send(new GetResourceSharesCommand({ resourceOwner: "SELF" }));
    expect(resourceShares).toEqual([]);
  });

  test.for([
    ["another account's service", "OperationNotPermittedException", (two: Two) => two.theirService.arn],
    ["a bucket", "MalformedArnException", () => "arn:aws:s3:::bucket"],
    [
      "what is not there",
      "ResourceNotFoundException",
      () => "arn:aws:vpc-lattice:us-east-1:123456789012:service/svc-00000000000000000",
    ],
  ] as const)("does not take %s", async ([, name, arnOf]) => {
    const two = await twoAccounts();
    const create = new CreateResourceShareCommand({ name: "shop", resourceArns: [String(arnOf(two))] });
    await expect(two.ram.send(create)).rejects.toMatchObject({ name });
  });
});

describe("A caller in another account's VPC", () => {
  test("reaches a shared network's services, and is told apart by its VPC's ARN and account", async () => {
    const two = await twoAccounts();
    const { aws, theirLattice, network, service } = two;
    await share(two, network.arn);
    await theirLattice.send(
      new CreateServiceNetworkVpcAssociationCommand({
        serviceNetworkIdentifier: network.arn,
        vpcIdentifier: vpcId,
      }),
    );
    const seen: (string | string[] | undefined)[] = [];
    const target = await started((request, response) => {
      seen.push(request.headers["x-amzn-lattice-network"]);
      response.end("7");
    });
    const ownVpc = "vpc-0123456789abcdef1";
    aws.ec2.putVpc({ vpcId: ownVpc, cidrBlock: "10.1.0.0/16" });
    aws.lattice.addresses.set("10.1.0.1:80", `127.0.0.1:${portOf(target)}`);
    const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
    const group = await call("CreateTargetGroup", {
      name: "stock",
      type: "IP",
      config: { port: 80, protocol: "HTTP", vpcIdentifier: ownVpc, healthCheck: { enabled: false } },
    });
    await call("RegisterTargets", { targetGroupIdentifier: group.id, targets: [{ id: "10.1.0.1" }] });
    await call("CreateListener", {
      serviceIdentifier: service.id,
      name: "http",
      protocol: "HTTP",
      defaultAction: { forward: { targetGroups: [{ targetGroupIdentifier: group.id }] } },
    });
    await call("CreateServiceNetworkServiceAssociation", {
      serviceIdentifier: service.id,
      serviceNetworkIdentifier: network.id,
    });
    await call("UpdateService", { serviceIdentifier: service.id, authType: "AWS_IAM" });
    const Condition = { StringEquals: { "vpc-lattice-svcs:SourceVpcOwnerAccount": other } };
    const Statement = { Effect: "Allow", Principal: "*", Action: "*", Resource: "*", Condition };
    await call("PutAuthPolicy", {
      resourceIdentifier: service.id,
      policy: JSON.stringify({ Version: "2012-10-17", Statement }),
    });
    const rig = { lattice: aws.lattice, call };
    const answer = await send(rig, String(service.dnsEntry?.domainName), "/", { from: vpcId });
    target.close();
    expect(answer).toMatchObject({ status: 200, body: "7" });
    expect(seen).toEqual([`SourceVpcArn=arn:aws:ec2:us-east-1:${other}:vpc/${vpcId}`]);
  });
});

describe("A data directory", () => {
  test("keeps all accounts, their credentials and what they share", async () => {
    const kept = await restarting({ accounts: { [other]: credentials } });
    const put = new PutParameterCommand({ Name: "/who", Value: "other", Type: "String" });
    await new SSMClient(clientSettings(kept.aws(), credentials)).send(put);
    const network = await kept.aws().call("vpc-lattice", "CreateServiceNetwork", { name: "shared" });
    await kept.aws().call("ram", "CreateResourceShare", {
      name: "shop",
      resourceArns: [network.arn],
      principals: [other],
    });
    await kept.restart();
    const theirs = clientSettings(kept.aws(), credentials);
    const { Parameter } = await new SSMClient(theirs).send(new GetParameterCommand({ Name: "/who" }));
    expect(Parameter?.Value).toBe("other");
    const { resourceShareInvitations } = await new RAMClient(theirs).send(
      new GetResourceShareInvitationsCommand({}),
    );
    expect(resourceShareInvitations).toMatchObject([{ resourceShareName: "shop", status: "PENDING" }]);
  });
});

describe("A resource policy", () => {
  test("shares without an invitation, as far as it says", async () => {
    const { lattice, theirLattice, service } = await twoAccounts();
    const Statement = {
      Effect: "Allow",
      Principal: { AWS: other },
      Action: "vpc-lattice:GetService",
      Resource: service.arn,
    };
    await lattice.send(
      new PutResourcePolicyCommand({
        resourceArn: service.arn,
        policy: JSON.stringify({ Version: "2012-10-17", Statement }),
      }),
    );
    const get = new GetServiceCommand({ serviceIdentifier: service.arn });
    expect((await theirLattice.send(get)).id).toBe(service.id);
    const { items } = await theirLattice.send(new ListServicesCommand({}));
    expect(items?.map(({ id }) => id)).toContain(service.id);
    const update = new UpdateServiceCommand({ serviceIdentifier: service.arn, authType: "AWS_IAM" });
    await expect(theirLattice.send(update)).rejects.toMatchObject(refused);
  });
});

describe("Credentials that local-aws is told", () => {
  test("are the root's, and no other key is known", async () => {
    const told = { accessKeyId: "test", secretAccessKey: "test" };
    const { aws, settings } = await runningLocalAws({ credentials: told });
    expect(aws.credentials).toMatchObject(told);
    expect(await new STSClient(settings).send(new GetCallerIdentityCommand({}))).toMatchObject({
      Arn: "arn:aws:iam::123456789012:root",
    });
    const stranger = new VPCLatticeClient({ ...settings, credentials });
    await expect(stranger.send(new ListServicesCommand({}))).rejects.toMatchObject({
      name: "UnrecognizedClientException",
      $metadata: { httpStatusCode: 403 },
    });
  });
});
