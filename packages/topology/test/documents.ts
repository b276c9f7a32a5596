import fc from "fast-check";
import { readDocument, type TopologyDocument } from "../src/index.ts";

const names = (...all: string[]) => fc.subarray(all);
const vpc = "vpc-0000000000000000a";

/** Documents of one owner over the same few names, so that one often changes, takes out or brings back what another has. */
export const documents: fc.Arbitrary<TopologyDocument> = fc
  .record({
    networks: names("north", "south"),
    iam: fc.boolean(),
    joined: names("north", "south"),
    vpcOf: fc.constantFrom("north", "south", "none"),
    groupsOf: fc.record({
      apples: names("apples-1", "apples-2", "apples-3"),
      pears: names("pears-1", "pears-2"),
    }),
    address: fc.constantFrom("10.0.0.1", "10.0.0.2"),
    weights: fc.array(fc.integer({ min: 0, max: 999 }), { minLength: 3, maxLength: 3 }),
    priorities: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }),
    services: names("apples", "pears"),
  })
  .map((choice) => {
    const groups = [...choice.groupsOf.apples, ...choice.groupsOf.pears];
    const forward = (service: "apples" | "pears") => {
      const own = choice.groupsOf[service];
      if (own.length === 0) return { fixedResponse: 404 };
      return {
        forward: Object.fromEntries(own.map((name, at) => [name, at === 0 ? 1 : (choice.weights[at] ?? 0)])),
      };
    };
    const service = (name: "apples" | "pears") => ({
      networks: choice.joined.filter((network) => choice.networks.includes(network)),
      listeners: {
        http: {
          protocol: "HTTP",
          defaultAction: forward(name),
          rules: choice.priorities.map((priority, at) => ({
            name: `path-${at}`,
            priority,
            match: { path: { prefix: `/${at}` } },
            action: forward(name),
          })),
        },
      },
    });
    return readDocument({
      name: "orchard",
      networks: Object.fromEntries(
        choice.networks.map((name) => [
          name,
          {
            authType: choice.iam ? "AWS_IAM" : "NONE",
            vpcs: choice.vpcOf === name ? [{ vpc }] : [],
            ...(choice.iam &&
              choice.services.length > 0 && {
                policy: {
                  Statement: choice.services.map((one) => ({
                    Effect: "Allow",
                    Principal: "*",
                    Action: "*",
                    Resource: `$\{service:${one}.arn}/*`,
                  })),
                },
              }),
          },
        ]),
      ),
      targetGroups: Object.fromEntries(
        groups.map((name) => [name, { type: "IP", vpc, port: 80, targets: [choice.address] }]),
      ),
      services: Object.fromEntries(
        choice.services.map((name) => [name, service(name as "apples" | "pears")]),
      ),
    });
  });
