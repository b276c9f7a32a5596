import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type LocalAws, startLocalAws } from "@espalier/local-aws";
import { signedFetch } from "@espalier/signed-fetch";
import { fillText, type Values } from "@espalier/topology";
import { provisionWorkflow } from "../../functions/test/provision-workflow.ts";
import { startContainers } from "./containers.ts";
import { putCaller, putVisitor, signer } from "./roles.ts";
import { throughGateway } from "./through-gateway.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const shopVpc = "vpc-0123456789abcdef0";
const shopSecurityGroup = "sg-0123456789abcdef0";
/** A VPC of others that is associated with the shop's network too. */
const nextDoor = "vpc-0123456789abcdef1";
/** Payment's account, and its VPC there. */
const there = "222222222222";
const paymentVpc = "vpc-0123456789abcdef2";
const paymentDomain = "payment.shop.example";
const urlsPath = "/espalier/test/services";

/** How somebody calls a service of the shop. */
export interface Calling {
  /** The role that signs; nobody does by default. */
  readonly as?: string | undefined;
  readonly from?: "the shop" | "next door";
  readonly body?: object;
}

/** The shop as it ships: its topology documents on an embedded Lattice, its order function, its containers and instances. */
export async function openShop() {
  const aws = await startLocalAws({ speed: 60, seed: 1, lattice: { accessLogLagMs: { logs: 1, s3: 1 } } });
  const payment = aws.inAccount(there);
  const disk = mkdtempSync(path.join(tmpdir(), "shop-"));
  const { certificate, privateKey } = await payment.acm.forName("payment");
  const tls = { TLS_CERTIFICATE: path.join(disk, "certificate.pem"), TLS_KEY: path.join(disk, "key.pem") };
  writeFileSync(tls.TLS_CERTIFICATE, certificate);
  writeFileSync(tls.TLS_KEY, privateKey);
  const containers = await startContainers({ inventory: {}, delivery: {}, payment: tls });
  const close = async () => {
    await aws.close();
    await containers.close();
    rmSync(disk, { recursive: true });
  };
  try {
    return { ...(await openWith(aws, containers.ports)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openWith(aws: LocalAws, ports: Readonly<Record<string, number>>) {
  await aws.call("logs", "CreateLogGroup", { logGroupName: "/shop" });
  const values = { ...networks(aws), ...functions(aws), ...targets(aws, ports), ...(await paymentOf(aws)) };
  const workflow = await provisionWorkflow(aws);
  const apply = async (file: string) => {
    const { run } = await workflow.apply(file, { document: written(file, values) });
    if (run?.status !== "applied") throw new Error(JSON.stringify(run));
  };
  await apply("topology.yaml");
  await acceptShare(aws);
  await apply("payment.yaml");
  const { items } = await aws.call("vpc-lattice", "ListServiceNetworks", {});
  await aws.call("vpc-lattice", "CreateServiceNetworkVpcAssociation", {
    serviceNetworkIdentifier: items[0].id,
    vpcIdentifier: nextDoor,
  });
  const authority = await aws.certificateAuthority();

  return {
    /** The answer to a call of a service, whoever gives it. */
    async call(service: string, method: string, path: string, { as, from, body }: Calling = {}) {
      const port = await aws.lattice.gateway(from === "next door" ? nextDoor : shopVpc);
      const send = throughGateway(port, authority);
      const call = as === undefined ? send : signedFetch({ ...signer(aws, as), fetch: send });
      const text = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await call(`${await workflow.urlOf(service)}${path}`, { method, ...text });
      return { status: response.status, text: await response.text() };
    },
    /** The lines of the network's access log so far. */
    async accessLog(): Promise<Readonly<Record<string, unknown>>[]> {
      const { events } = await aws.call("logs", "FilterLogEvents", { logGroupName: "/shop" });
      return events.map(({ message }: { message: string }) => JSON.parse(message));
    },
  };
}

function networks({ ec2, account, region }: LocalAws) {
  ec2.putVpc({ vpcId: shopVpc, cidrBlock: "10.0.0.0/16" });
  ec2.putVpc({ vpcId: nextDoor, cidrBlock: "10.1.0.0/16" });
  ec2.putSecurityGroup({ groupId: shopSecurityGroup, groupName: "lattice", vpcId: shopVpc });
  const shopAccessLogs = `arn:aws:logs:${region}:${account}:log-group:/shop`;
  return { shopVpc, shopSecurityGroup, shopAccessLogs };
}

function functions({ iam, lambda }: LocalAws) {
  const [orderRole, customerRole] = ["order", "customers"].map((name) => putCaller(iam, name, urlsPath));
  putCaller(iam, "audit", urlsPath);
  const orderFunction = lambda.putFunction({
    name: "order",
    directory: root,
    handler: "functions/order/order.handler",
    environment: { SERVICE_URLS_PATH: urlsPath },
    roleArn: orderRole ?? "",
    timeoutSeconds: 15,
    memoryMb: 512,
    vpcId: shopVpc,
  });
  return { orderRole, customerRole, orderFunction };
}

/** The targets of the shop's own account, each at the port of its service. */
function targets({ lattice, region, account }: LocalAws, ports: Readonly<Record<string, number>>) {
  const balancer = `arn:aws:elasticloadbalancing:${region}:${account}:loadbalancer/app/delivery/0123456789abcdef`;
  const targets = {
    inventoryV1: ["2600:1f18:1:ab00::11", "2600:1f18:1:ab01::11"],
    inventoryV2: ["2600:1f18:1:ab00::12"],
    inventoryV3: ["2600:1f18:1:ab00::13"],
    deliveryBalancer: balancer,
    paymentInstances: ["i-0123456789abcdef0", "i-0123456789abcdef1"],
  };
  const at = (target: string, service: string) =>
    lattice.addresses.set(target, `127.0.0.1:${ports[service]}`);
  for (const address of [targets.inventoryV1, targets.inventoryV2, targets.inventoryV3].flat())
    at(`[${address}]:80`, "inventory");
  at(`${balancer}:80`, "delivery");
  for (const instance of targets.paymentInstances) at(`${instance}:8443`, "payment");
  return targets;
}

/** What payment's account has. */
async function paymentOf({ inAccount, account, region }: LocalAws) {
  const { acm, ec2, iam } = inAccount(there);
  ec2.putVpc({ vpcId: paymentVpc, cidrBlock: "10.0.0.0/16" });
  const paymentCertificate = `arn:aws:acm:${region}:${there}:certificate/payment`;
  await acm.putCertificate({ arn: paymentCertificate, names: [paymentDomain] });
  const paymentRole = putVisitor(iam, "topologies", account);
  const paymentServices = `arn:aws:vpc-lattice:${region}:${there}:service/*`;
  return {
    paymentAccount: there,
    paymentVpc,
    paymentDomain,
    paymentCertificate,
    paymentRole,
    paymentServices,
  };
}

function written(file: string, values: Values): unknown {
  return fillText(readFileSync(path.join(root, "packages/shop", file), "utf8"), values, file);
}

/** Payment's account accepts the network that the shop shares with it. */
async function acceptShare(aws: LocalAws): Promise<void> {
  const root = { type: "root", account: there, arn: `arn:aws:iam::${there}:root` } as const;
  const { resourceShareInvitations } = await aws.callAs(root, "ram", "GetResourceShareInvitations", {});
  for (const { resourceShareInvitationArn } of resourceShareInvitations)
    await aws.callAs(root, "ram", "AcceptResourceShareInvitation", { resourceShareInvitationArn });
}
