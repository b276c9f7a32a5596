import { request } from "node:http";
import { type LocalAws, manualClock, startLocalAws } from "@espalier/local-aws";
import { signedFetch } from "@espalier/signed-fetch";
import { talkTo } from "./aws-environment.ts";

export const vpc = "vpc-0123456789abcdef0";
/** Another VPC of the same network. */
export const nextDoor = "vpc-0123456789abcdef1";

const invoke = { Effect: "Allow", Action: "vpc-lattice-svcs:Invoke" } as const;

/** Inventory and payment in a guarded network, roles that call them, and a command line that talks to it all. */
export interface GuardedShop {
  readonly aws: LocalAws;
  readonly arns: Readonly<Record<"inventory" | "payment" | "network", string>>;
  readonly urls: Readonly<Record<"inventory" | "payment", string>>;
  /** Sends a request, signed by a role unless it is anonymous; answers its status. */
  call(caller: string, method: string, url: string, from?: string): Promise<number>;
  /** Lets the access log arrive that CloudWatch Logs gets. */
  logsArrive(): Promise<void>;
  close(): Promise<void>;
}

/**
 * The launch post's guard: order's role may GET /stock of inventory and, by a policy of its own on the service, POST /payments;
 * anybody in the first VPC may GET /health. `broke` may call nothing by its own policies; what `audit` may is in a managed one.
 */
export async function guardedShop(): Promise<GuardedShop> {
  const clock = manualClock(Date.now());
  const aws = await startLocalAws({ clock, seed: 1, lattice: { transitionMs: 0 } });
  const leave = talkTo(aws);
  for (const [index, vpcId] of [vpc, nextDoor].entries())
    aws.ec2.putVpc({ vpcId, cidrBlock: `10.${index}.0.0/16` });
  const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
  await roles(aws);

  const network = await call("CreateServiceNetwork", { name: "shop", authType: "AWS_IAM" });
  for (const vpcIdentifier of [vpc, nextDoor])
    await call("CreateServiceNetworkVpcAssociation", {
      serviceNetworkIdentifier: network.id,
      vpcIdentifier,
    });
  const inventory = await service(aws, "inventory", network.id);
  const payment = await service(aws, "payment", network.id, "AWS_IAM");
  const orderRole = { AWS: `arn:aws:iam::${aws.account}:role/service/order` };
  const method = (value: string) => ({ StringEquals: { "vpc-lattice-svcs:RequestMethod": value } });
  await policy(aws, network.id, [
    {
      Sid: "Stock",
      ...invoke,
      Principal: orderRole,
      Resource: `${inventory.arn}/stock`,
      Condition: method("GET"),
    },
    { Sid: "Payments", ...invoke, Principal: orderRole, Resource: `${payment.arn}/payments` },
    {
      Sid: "Health",
      ...invoke,
      Principal: "*",
      Resource: `${inventory.arn}/health`,
      Condition: { StringEquals: { "vpc-lattice-svcs:SourceVpc": vpc } },
    },
  ]);
  await policy(aws, payment.id, [
    { ...invoke, Principal: orderRole, Resource: `${payment.arn}/payments`, Condition: method("POST") },
  ]);
  await aws.call("logs", "CreateLogGroup", { logGroupName: "access" });
  await aws.call("s3", "CreateBucket", { Bucket: "shop-logs" });
  await call("CreateAccessLogSubscription", {
    resourceIdentifier: network.id,
    destinationArn: `arn:aws:logs:${aws.region}:${aws.account}:log-group:access`,
  });

  return {
    aws,
    arns: { inventory: inventory.arn, payment: payment.arn, network: network.arn },
    urls: { inventory: `http://${inventory.host}`, payment: `http://${payment.host}` },
    async call(caller, method, url, from = vpc) {
      const send = through(await aws.lattice.gateway(from));
      const signed =
        caller === "anonymous"
          ? send
          : signedFetch({ region: aws.region, credentials: session(aws, caller), fetch: send });
      return (await signed(url, { method })).status;
    },
    logsArrive: () => clock.advance(120_000),
    async close() {
      leave();
      await aws.close();
    },
  };
}

async function service(aws: LocalAws, name: string, network: string, authType = "NONE") {
  const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
  const { id, arn, dnsEntry } = await call("CreateService", { name, authType });
  const defaultAction = { fixedResponse: { statusCode: 404 } };
  await call("CreateListener", { serviceIdentifier: id, name: "http", protocol: "HTTP", defaultAction });
  await call("CreateServiceNetworkServiceAssociation", {
    serviceIdentifier: id,
    serviceNetworkIdentifier: network,
  });
  return { id: id as string, arn: arn as string, host: dnsEntry.domainName as string };
}

const policy = (aws: LocalAws, resourceIdentifier: string, Statement: readonly object[]) =>
  aws.call("vpc-lattice", "PutAuthPolicy", {
    resourceIdentifier,
    policy: JSON.stringify({ Version: "2012-10-17", Statement }),
  });

async function roles(aws: LocalAws): Promise<void> {
  const trust = {
    Statement: {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  } as const;
  const services = `arn:aws:vpc-lattice:${aws.region}:${aws.account}:service/*`;
  const all = { Statement: { ...invoke, Resource: services } } as const;
  aws.iam.putRole({
    name: "order",
    arn: `arn:aws:iam::${aws.account}:role/service/order`,
    trust,
    policies: { calls: all },
  });
  aws.iam.putRole({ name: "broke", trust, policies: {} });
  aws.iam.putRole({ name: "audit", trust, policies: {} });
  const { Policy } = await aws.call("iam", "CreatePolicy", {
    PolicyName: "auditing",
    PolicyDocument: JSON.stringify(all),
  });
  await aws.call("iam", "AttachRolePolicy", { RoleName: "audit", PolicyArn: Policy.Arn });
}

function session({ iam, account }: LocalAws, role: string) {
  const lambda = { type: "service", account, arn: "lambda.amazonaws.com" } as const;
  return iam.credentialsOf(iam.assume(iam.role(role)?.arn ?? "", "session", lambda));
}

/** A fetch that reaches every name at a VPC's gateway to Lattice. */
function through(port: number): typeof globalThis.fetch {
  return (input, init) => {
    const { url, method, headers } = new Request(input, init);
    const { host, pathname, search } = new URL(url);
    return new Promise((resolve, reject) => {
      const options = {
        ...{ host: "127.0.0.1", port, method, path: pathname + search },
        headers: { ...Object.fromEntries(headers), host },
        agent: false as const,
      };
      const sending = request(options, (answer) => {
        answer.resume().on("end", () => resolve(new Response(undefined, { status: answer.statusCode ?? 0 })));
      });
      sending.on("error", reject).end();
    });
  };
}
