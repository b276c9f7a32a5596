import { type AccessRequest, evaluate, parsePolicy } from "../../../packages/policy/src/index.ts";

const service = "arn:aws:vpc-lattice:us-east-1:123456789012:service/svc-0123456789abcdef0";

/** Decisions a second of wall time on a policy of ten statements, of which the last one allows. */
export function decisionsPerSecond(milliseconds: number): number {
  const Statement = Array.from({ length: 10 }, (_, index) => ({
    Effect: index % 3 === 0 && index < 9 ? "Deny" : "Allow",
    Principal: index < 9 ? { AWS: `arn:aws:iam::123456789012:role/role-${index}` } : "*",
    Action: "vpc-lattice-svcs:Invoke",
    Resource: `${service}/${index < 9 ? `other-${index}` : "stock"}/*`,
    Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
  }));
  const document = parsePolicy(JSON.stringify({ Version: "2012-10-17", Statement }));
  const policies = [{ name: "network", document }];
  let made = 0;
  const began = performance.now();
  while (performance.now() - began < milliseconds) {
    for (let turn = 0; turn < 1000; turn += 1) {
      const { effect } = evaluate(policies, request(made % 7));
      if (effect !== "allow") throw new Error(`the decision is ${effect}`);
      made += 1;
    }
  }
  return made / ((performance.now() - began) / 1000);
}

function request(turn: number): AccessRequest {
  return {
    principal: {
      type: "aws",
      arn: "arn:aws:sts::123456789012:assumed-role/order/session",
      account: "123456789012",
      roleArn: "arn:aws:iam::123456789012:role/order",
    },
    action: "vpc-lattice-svcs:Invoke",
    resource: `${service}/stock/${turn}`,
    context: {
      "vpc-lattice-svcs:RequestMethod": "GET",
      "vpc-lattice-svcs:RequestPath": `/stock/${turn}`,
      "vpc-lattice-svcs:SourceVpc": "vpc-0123456789abcdef0",
      "aws:SourceIp": "10.0.0.1",
    },
  };
}
