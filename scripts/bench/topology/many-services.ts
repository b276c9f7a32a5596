const vpc = "vpc-0123456789abcdef0";

/** A document of so many services in one network, each with a listener, so many rules, two target groups and a target in each. */
export function manyServices(services: number, rules: number): unknown {
  const names = Array.from({ length: services }, (_, k) => `service-${k}`);
  return {
    name: "many",
    networks: { net: { authType: "AWS_IAM", vpcs: [{ vpc }] } },
    targetGroups: Object.fromEntries(
      names.flatMap((name) => [
        [`${name}-v1`, { type: "IP", vpc, port: 80, targets: ["10.0.0.1"] }],
        [`${name}-v2`, { type: "IP", vpc, port: 80, targets: ["10.0.0.2"] }],
      ]),
    ),
    services: Object.fromEntries(names.map((name) => [name, service(name, rules)])),
  };
}

/** Changes that a plan of such a document has, and so the things that it is made of: the policy of none is among them. */
export const thingsIn = (services: number, rules: number): number => 2 + services * (1 + 1 + 1 + rules + 4);

const service = (name: string, rules: number) => ({
  authType: "AWS_IAM",
  networks: ["net"],
  listeners: {
    http: {
      protocol: "HTTP",
      defaultAction: { forward: { [`${name}-v1`]: 90, [`${name}-v2`]: 10 } },
      rules: Array.from({ length: rules }, (_, k) => ({
        name: `path-${k}`,
        priority: k + 1,
        match: { path: { prefix: `/path-${k}` }, method: "GET" },
        action: { forward: `${name}-v1` },
      })),
    },
  },
});
