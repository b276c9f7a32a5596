import { readFileSync } from "node:fs";
import { request } from "node:http";
import { fileURLToPath } from "node:url";
import { type LocalAws, startLocalAws } from "@espalier/local-aws";
import { signedFetch } from "@espalier/signed-fetch";
import { fillText } from "@espalier/topology";
import { provisionWorkflow } from "../../functions/test/provision-workflow.ts";
import { startContainers } from "./containers.ts";

const shopVpc = "vpc-0123456789abcdef0";
const shopSecurityGroup = "sg-0123456789abcdef0";
/** A VPC of others that is associated with the shop's network too. */
const nextDoor = "vpc-0123456789abcdef1";
const urlsPath = "/espalier/test/services";
const file = fileURLToPath(new URL("../../packages/shop/topology.yaml", import.meta.url));

/** How somebody calls a service of the shop. */
export interface Calling {
  /** The role that signs; nobody does by default. */
  readonly as?: string;
  readonly from?: "the shop" | "next door";
  readonly body?: object;
}

/** The shop as it ships: its topology document on an embedded Lattice, its order function, its containers. */
export async function openShop() {
  const containers = await startContainers(["inventory", "delivery", "payment"]);
  try {
    return await openWith(containers);
  } catch (error) {
    await containers.close();
    throw error;
  }
}

async function openWith(containers: Awaited<ReturnType<typeof startContainers>>) {
  const aws = await startLocalAws({ speed: 60, seed: 1 });
  aws.ec2.putVpc({ vpcId: shopVpc, cidrBlock: "10.0.0.0/16" });
  aws.ec2.putVpc({ vpcId: nextDoor, cidrBlock: "10.1.0.0/16" });
  aws.ec2.putSecurityGroup({ groupId: shopSecurityGroup, groupName: "lattice", vpcId: shopVpc });
  const orderRole = putRole(aws, "order");
  putRole(aws, "audit");
  const orderFunction = aws.lambda.putFunction({
    name: "order",
    directory: fileURLToPath(new URL("../..", import.meta.url)),
    handler: "functions/order/order.handler",
    environment: { SERVICE_URLS_PATH: urlsPath },
    roleArn: orderRole,
    timeoutSeconds: 15,
    memoryMb: 512,
    vpcId: shopVpc,
  });
  const targets = {
    inventoryV1: ["2600:1f18:1:ab00::11"],
    inventoryV2: ["2600:1f18:1:ab00::12"],
    inventoryV3: ["2600:1f18:1:ab00::13"],
    deliveryBalancer: `arn:aws:elasticloadbalancing:${aws.region}:${aws.account}:loadbalancer/app/delivery/0123456789abcdef`,
    payment: ["2600:1f18:1:ab00::14"],
  };
  for (const [name, target] of Object.entries(targets)) {
    const port = containers.ports[name.replace(/V\d$|Balancer$/, "")];
    const deployed = typeof target === "string" ? target : `[${target}]`;
    aws.lattice.addresses.set(`${deployed}:80`, `127.0.0.1:${port}`);
  }
  const values = { shopVpc, shopSecurityGroup, orderFunction, orderRole, ...targets };
  const document = fillText(readFileSync(file, "utf8"), values, "topology.yaml");
  const workflow = await provisionWorkflow(aws);
  const { run } = await workflow.apply("shop", { document });
  if (run?.status !== "applied") throw new Error(JSON.stringify(run));
  const { items } = await aws.call("vpc-lattice", "ListServiceNetworks", {});
  await aws.call("vpc-lattice", "CreateServiceNetworkVpcAssociation", {
    serviceNetworkIdentifier: items[0].id,
    vpcIdentifier: nextDoor,
  });

  return {
    /** The answer to a call of a service, whoever gives it. */
    async call(service: string, method: string, path: string, { as, from, body }: Calling = {}) {
      const port = await aws.lattice.gateway(from === "next door" ? nextDoor : shopVpc);
      const send = through(port);
      const call = as === undefined ? send : signedFetch({ ...signer(aws, as), fetch: send });
      const text = body === undefined ? {} : { body: JSON.stringify(body) };
      const response = await call(`${await workflow.urlOf(service)}${path}`, { method, ...text });
      return { status: response.status, text: await response.text() };
    },
    async close() {
      await aws.close();
      await containers.close();
    },
  };
}

/** A role whose identity policy lets it call whatever there is on Lattice. */
function putRole(aws: LocalAws, name: string): string {
  const parameters = `arn:aws:ssm:${aws.region}:${aws.account}:parameter${urlsPath}`;
  const services = `arn:aws:vpc-lattice:${aws.region}:${aws.account}:service/*`;
  const allow = (Action: string, Resource: string[]) => ({
    Statement: { Effect: "Allow", Action, Resource } as const,
  });
  return aws.iam.putRole({
    name,
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: {
      urls: allow("ssm:GetParametersByPath", [parameters, `${parameters}/*`]),
      services: allow("vpc-lattice-svcs:Invoke", [services]),
    },
  }).arn;
}

function signer({ iam, account, region }: LocalAws, role: string) {
  const lambda = { type: "service", account, arn: "lambda.amazonaws.com" } as const;
  const caller = iam.assume(`arn:aws:iam::${account}:role/${role}`, "story", lambda);
  return { region, credentials: iam.credentialsOf(caller) };
}

/** A fetch that reaches every name at a VPC's gateway to Lattice. */
function through(port: number): typeof globalThis.fetch {
  return async (input, init) => {
    const asked = new Request(input, init);
    const { host, pathname, search } = new URL(asked.url);
    const body = await asked.text();
    return new Promise((resolve, reject) => {
      const options = {
        host: "127.0.0.1",
        port,
        method: asked.method,
        path: pathname + search,
        headers: { ...Object.fromEntries(asked.headers), host },
        agent: false as const,
      };
      const sending = request(options, async (answer) => {
        const chunks = await answer.toArray();
        resolve(new Response(Buffer.concat(chunks), { status: answer.statusCode ?? 0 }));
      });
      sending.on("error", reject).end(body);
    });
  };
}
