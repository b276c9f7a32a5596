import { anonymous, type Caller, type Guard, type Premises, readPolicy } from "../src/index.ts";

export const account = "111122223333";
const arn = (kind: string, id: string) => `arn:aws:vpc-lattice:us-east-1:${account}:${kind}/${id}`;
export const stock = arn("service", "svc-inventory");
export const delivery = arn("service", "svc-delivery");
export const shopNetwork = arn("servicenetwork", "sn-shop");
export const roleArn = (name: string) => `arn:aws:iam::${account}:role/${name}`;

export const document = (...statements: readonly object[]) =>
  readPolicy({ Version: "2012-10-17", Statement: statements });

export const guarded = (...statements: readonly object[]): Guard => ({
  type: "policy",
  document: statements.length === 0 ? undefined : document(...statements),
});

export const invoke = { Effect: "Allow", Action: "vpc-lattice-svcs:Invoke" } as const;
export const anything = { ...invoke, Resource: "*" } as const;

/** The launch post's policy: order's role may GET /stock of inventory and do whatever it likes to /delivery. */
export const launchPost = [
  {
    Sid: "Stock",
    ...invoke,
    Principal: { AWS: roleArn("order") },
    Resource: `${stock}/stock`,
    Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
  },
  { Sid: "Delivery", ...invoke, Principal: { AWS: roleArn("order") }, Resource: `${delivery}/delivery` },
] as const;

/** A role of the account with these statements as its policy; by default it may do anything to any service. */
export function role(name: string, ...statements: readonly object[]): Caller {
  const policy = document(...(statements.length === 0 ? [anything] : statements));
  return {
    name: `role ${name}`,
    principal: {
      type: "aws",
      arn: `arn:aws:sts::${account}:assumed-role/${name}/session`,
      account,
      roleArn: roleArn(name),
    },
    identity: { type: "policies", policies: [{ name: `policy own of role ${name}`, document: policy }] },
    context: {},
  };
}

export { anonymous };

/** Inventory and delivery in the network shop, which vpc-1 may enter; nobody is let in unless guards say so. */
export function shop(
  guards: { readonly network?: Guard; readonly inventory?: Guard; readonly delivery?: Guard } = {},
): Premises {
  const open: Guard = { type: "open" };
  const service = (name: string, serviceArn: string, guard: Guard = open) => ({
    name,
    arn: serviceArn,
    guard,
    hosts: [`${name}.lattice.example`],
    listeners: [{ protocol: "HTTP", port: 80 }],
    tags: {},
  });
  return {
    networks: [
      {
        name: "shop",
        arn: shopNetwork,
        guard: guards.network ?? guarded(...launchPost),
        vpcs: [{ id: "vpc-1", account }],
        services: [stock, delivery],
      },
    ],
    services: [service("inventory", stock, guards.inventory), service("delivery", delivery, guards.delivery)],
  };
}
