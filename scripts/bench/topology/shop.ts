import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { LocalAws } from "../../../packages/local-aws/src/index.ts";
import { fillText, readDocument, type TopologyDocument } from "../../../packages/topology/src/index.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** The shop's two documents as they ship, in one account, with what they name there. */
export async function shopDocuments(aws: LocalAws): Promise<readonly TopologyDocument[]> {
  const values = await valuesOf(aws);
  return ["topology.yaml", "payment.yaml"].map((name) => {
    const file = `packages/shop/${name}`;
    return readDocument(fillText(readFileSync(`${root}/${file}`, "utf8"), values, file), file);
  });
}

async function valuesOf(aws: LocalAws) {
  const { account, ec2, iam, lambda, lattice, region } = aws;
  const [shopVpc, paymentVpc] = ["vpc-0123456789abcdef0", "vpc-0123456789abcdef1"];
  for (const vpcId of [shopVpc, paymentVpc]) ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
  const shopSecurityGroup = "sg-0123456789abcdef0";
  ec2.putSecurityGroup({ groupId: shopSecurityGroup, groupName: "lattice", vpcId: shopVpc });
  const trust = {
    Statement: {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  } as const;
  const [orderRole, customerRole] = ["order", "customers"].map(
    (name) => iam.putRole({ name, trust, policies: {} }).arn,
  );
  const orderFunction = lambda.putFunction({
    ...{ name: "order", directory: root, handler: "functions/order/order.handler" },
    ...{ environment: {}, roleArn: orderRole ?? "", timeoutSeconds: 15, memoryMb: 512 },
  });
  await aws.call("logs", "CreateLogGroup", { logGroupName: "/shop" });
  const deliveryBalancer = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/delivery/0123456789abcdef`;
  const paymentInstances = ["i-0123456789abcdef0", "i-0123456789abcdef1"];
  for (const target of [`${deliveryBalancer}:80`, ...paymentInstances.map((id) => `${id}:8443`)])
    lattice.addresses.set(target, "127.0.0.1:1");
  const paymentCertificate = `arn:aws:acm:${region}:${account}:certificate/payment`;
  await aws
    .inAccount(account)
    .acm.putCertificate({ arn: paymentCertificate, names: ["payment.shop.example"] });
  return {
    ...{ shopVpc, paymentVpc, shopSecurityGroup, orderRole, customerRole, orderFunction, paymentCertificate },
    shopAccessLogs: `arn:aws:logs:${region}:${account}:log-group:/shop`,
    inventoryV1: ["2600:1f18:1:ab00::11", "2600:1f18:1:ab01::11"],
    inventoryV2: ["2600:1f18:1:ab00::12", "2600:1f18:1:ab01::12"],
    inventoryV3: ["2600:1f18:1:ab00::13", "2600:1f18:1:ab01::13"],
    deliveryBalancer,
    paymentAccount: "222222222222",
    paymentRole: `arn:aws:iam::${account}:role/topologies`,
    paymentServices: `arn:aws:vpc-lattice:${region}:${account}:service/*`,
    paymentInstances,
    paymentDomain: "payment.shop.example",
  };
}
