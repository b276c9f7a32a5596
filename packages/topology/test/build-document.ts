import { readDocument, type TopologyDocument } from "../src/index.ts";

/** Two versions of one service behind a network, as they are written in a document; `change` alters it first. */
export function stall(change: (written: Written) => void = () => {}): TopologyDocument {
  const written = writtenStall();
  change(written);
  return readDocument(written);
}

// biome-ignore lint/suspicious/noExplicitAny: what is written may be anything, wrong things too.
type Written = any;

/** The same before it is read, to be spoilt. */
export function writtenStall(): Written {
  return {
    name: "stall",
    networks: {
      market: {
        authType: "AWS_IAM",
        vpcs: [{ vpc: "vpc-0000000000000000a", securityGroups: ["sg-1"] }],
        policy: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: "*",
              Action: "vpc-lattice-svcs:Invoke",
              // biome-ignore lint/suspicious/noTemplateCurlyInString: it is how a document refers to a service.
              Resource: "${service:fruit.arn}/apples",
            },
          ],
        },
      },
    },
    targetGroups: { "fruit-v1": group("10.0.0.1"), "fruit-v2": group("10.0.0.2") },
    services: {
      fruit: {
        networks: ["market"],
        listeners: {
          http: {
            protocol: "HTTP",
            defaultAction: { forward: { "fruit-v1": 100, "fruit-v2": 0 } },
            rules: [
              {
                name: "apples",
                priority: 10,
                match: { path: { prefix: "/apples" }, method: "GET" },
                action: { forward: { "fruit-v1": 100, "fruit-v2": 0 } },
              },
            ],
          },
        },
      },
    },
  };
}

export const group = (...targets: string[]) => ({
  type: "IP",
  vpc: "vpc-0000000000000000a",
  port: 80,
  targets,
});
