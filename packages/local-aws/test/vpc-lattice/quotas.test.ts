import { afterEach, describe, expect, test } from "vitest";
import { defaultSettings, type Quotas } from "../../src/vpc-lattice/settings.ts";
import { type LatticeRig, latticeRig } from "./lattice-rig.ts";
import { forward, group, network, service, vpcId } from "./shop-builder.ts";

const exceeded = (quotaCode: string) => ({
  code: "ServiceQuotaExceededException",
  status: 402,
  members: { serviceCode: "vpc-lattice", quotaCode },
});

describe("A quota that is set", () => {
  let rig: LatticeRig;
  afterEach(() => rig.close());
  const limited = (quotas: Partial<Quotas>) => {
    rig = latticeRig({ quotas: { ...defaultSettings.quotas, ...quotas } });
  };

  test.for([
    ["services", "CreateService", {}, "L-620C821E"],
    ["serviceNetworks", "CreateServiceNetwork", {}, "L-9CAD07FB"],
    ["targetGroups", "CreateTargetGroup", { type: "LAMBDA" }, "L-BB11C6B9"],
  ] as const)(
    "of %s holds for what there is, not for what there was",
    async ([quota, operation, input, code]) => {
      limited({ [quota]: 1 });
      const first = await rig.call(operation, { ...input, name: "first" });
      await expect(rig.call(operation, { ...input, name: "second" })).rejects.toMatchObject(exceeded(code));
      const kind = operation.slice("Create".length);
      const identifier = `${kind.charAt(0).toLowerCase()}${kind.slice(1)}Identifier`;
      await rig.call(`Delete${kind}`, { [identifier]: first.id });
      await rig.call(operation, { ...input, name: "second" });
    },
  );

  test("of associations holds for each service network", async () => {
    limited({ serviceAssociationsPerNetwork: 1, vpcAssociationsPerNetwork: 1 });
    const networkId = await network(rig);
    await service(rig, networkId);
    const other = await rig.call("CreateService", { name: "other" });
    const serviceNetworkIdentifier = networkId;
    await expect(
      rig.call("CreateServiceNetworkServiceAssociation", {
        serviceNetworkIdentifier,
        serviceIdentifier: other.id,
      }),
    ).rejects.toMatchObject(exceeded("L-75D4A19E"));
    await expect(
      rig.call("CreateServiceNetworkVpcAssociation", {
        serviceNetworkIdentifier,
        vpcIdentifier: "vpc-0123456789abcdef1",
      }),
    ).rejects.toMatchObject(exceeded("L-EF6E2D62"));
  });

  test("of target groups counts those of weight 0, over all rules of a service", async () => {
    limited({ targetGroupsPerService: 1 });
    const [one, two] = [await group(rig, "one"), await group(rig, "two")];
    const action = forward([one, 1], [two, 0]);
    await expect(service(rig, await network(rig), { defaultAction: action })).rejects.toMatchObject(
      exceeded("L-3DEC3B9F"),
    );
  });

  test("of targets refuses a whole registration", async () => {
    limited({ targetsPerGroup: 1 });
    const targetGroupIdentifier = await group(rig, "one");
    const register = (...ids: string[]) =>
      rig.call("RegisterTargets", { targetGroupIdentifier, targets: ids.map((id) => ({ id })) });
    await expect(register("10.0.0.1", "10.0.0.2")).rejects.toMatchObject(exceeded("L-D71303F3"));
    expect((await rig.call("ListTargets", { targetGroupIdentifier })).items).toEqual([]);
    await register("10.0.0.1");
    await register("10.0.0.1");
  });
});

describe("A rule across fields", () => {
  let rig: LatticeRig;
  afterEach(() => rig.close());
  const wrong = (...names: string[]) => ({
    code: "ValidationException",
    members: {
      reason: "fieldValidationFailed",
      fieldList: names.map((name) => expect.objectContaining({ name })),
    },
  });

  test.for([
    ["ALB", { protocol: "TCP" }, ["config.protocol"]],
    ["ALB", { protocolVersion: "GRPC", healthCheck: {} }, ["config.healthCheck", "config.protocolVersion"]],
    ["INSTANCE", { ipAddressType: "IPV4" }, ["config.ipAddressType"]],
    ["IP", { lambdaEventStructureVersion: "V2" }, ["config.lambdaEventStructureVersion"]],
    ["IP", { healthCheck: { matcher: { httpCode: "200-500" } } }, ["config.healthCheck.matcher.httpCode"]],
  ] as const)("refuses a group of type %s with %o", async ([type, part, names]) => {
    rig = latticeRig();
    const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpcId, ...part };
    await expect(rig.call("CreateTargetGroup", { name: "one", type, config })).rejects.toMatchObject(
      wrong(...names),
    );
  });

  test("lets a TLS_PASSTHROUGH listener only forward, for a service with a domain of its own", async () => {
    rig = latticeRig();
    const { id } = await rig.call("CreateService", { name: "inventory" });
    const listener = {
      serviceIdentifier: id,
      name: "tls",
      protocol: "TLS_PASSTHROUGH",
      defaultAction: { fixedResponse: { statusCode: 404 } },
    };
    await expect(rig.call("CreateListener", listener)).rejects.toMatchObject(
      wrong("protocol", "defaultAction"),
    );
  });

  test("keeps the DNS options of a VPC, where they go together", async () => {
    rig = latticeRig();
    const { id } = await rig.call("CreateServiceNetwork", { name: "shop" });
    const association = { serviceNetworkIdentifier: id, vpcIdentifier: vpcId, privateDnsEnabled: true };
    const create = (dnsOptions: object) =>
      rig.call("CreateServiceNetworkVpcAssociation", { ...association, dnsOptions });
    const domains = ["shop.example"];
    await expect(
      create({ privateDnsPreference: "ALL_DOMAINS", privateDnsSpecifiedDomains: domains }),
    ).rejects.toMatchObject(wrong("dnsOptions.privateDnsSpecifiedDomains"));
    await expect(create({ privateDnsPreference: "SPECIFIED_DOMAINS_ONLY" })).rejects.toMatchObject(
      wrong("dnsOptions.privateDnsSpecifiedDomains"),
    );
    const dnsOptions = {
      privateDnsPreference: "SPECIFIED_DOMAINS_ONLY",
      privateDnsSpecifiedDomains: domains,
    };
    const made = await create(dnsOptions);
    expect(
      await rig.call("GetServiceNetworkVpcAssociation", {
        serviceNetworkVpcAssociationIdentifier: made.id,
      }),
    ).toMatchObject({ privateDnsEnabled: true, dnsOptions });
  });

  test("refuses a VPC that EC2 does not know", async () => {
    rig = latticeRig();
    const config = { port: 80, protocol: "HTTP", vpcIdentifier: "vpc-00000000000000000" };
    await expect(rig.call("CreateTargetGroup", { name: "one", type: "IP", config })).rejects.toMatchObject({
      code: "ResourceNotFoundException",
      members: { resourceId: "vpc-00000000000000000", resourceType: "VPC" },
    });
  });
});
