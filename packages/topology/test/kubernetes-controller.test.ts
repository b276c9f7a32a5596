import { describe, expect, test } from "vitest";
import { plan, readDocument, type TopologyDocument } from "../src/index.ts";
import { stall } from "./build-document.ts";
import { converge, settled } from "./converge.ts";
import { modelLattice } from "./model-lattice.ts";

const managed = { "application-networking.k8s.aws/ManagedBy": "123456789012/cluster/vpc-1" };
const nothing = readDocument({ name: "stall" });

/** The stall as it was applied, with the controller's tag put on what `take` chooses: it has taken that over since. */
function takenOver(take: (lattice: ReturnType<typeof modelLattice>) => { tags: Record<string, string> }[]) {
  const lattice = modelLattice();
  settled(stall(), lattice);
  for (const thing of take(lattice)) Object.assign(thing.tags, managed);
  return lattice;
}

const service = ({ now }: ReturnType<typeof modelLattice>) => now.services;
const group = ({ now }: ReturnType<typeof modelLattice>) => now.targetGroups.slice(0, 1);
const network = ({ now }: ReturnType<typeof modelLattice>) => now.networks;
const association = ({ now }: ReturnType<typeof modelLattice>) => now.networks.flatMap(({ vpcs }) => vpcs);

const sentences = (document: TopologyDocument, lattice: ReturnType<typeof modelLattice>) =>
  plan(document, lattice.existing()).changes.flatMap((change) =>
    change.state === "unchanged" ? [] : `${change.state} ${change.address}`,
  );

describe("what the AWS Gateway API Controller has taken over", () => {
  test.for([
    ["a service", service, "services.fruit"],
    ["a target group", group, "targetGroups.fruit-v1"],
    ["a network", network, "networks.market"],
  ] as const)("is refused, adopted or not, though it has the document's tag too: %s", ([, take, address]) => {
    const changed = stall((d) => {
      d.networks.market.authType = "NONE";
      d.services.fruit.authType = "AWS_IAM";
      d.targetGroups["fruit-v1"].healthCheck = { path: "/health" };
    });
    const lattice = takenOver(take);
    const before = lattice.existing();
    expect(converge(changed, lattice, { adopt: [address] })).toMatchObject({
      next: "refuse",
      problems: expect.arrayContaining([
        { place: address, message: expect.stringContaining("belongs to the Kubernetes controller") },
      ]),
    });
    expect(lattice.existing()).toEqual(before);
  });

  test.for([
    ["a service", service],
    ["a target group", group],
  ] as const)("is not deleted with what the document does not name any more: %s", ([, take]) => {
    const lattice = takenOver(take);
    const arns = take(lattice).map(({ arn }) => arn);
    converge(nothing, lattice);
    const left = [...lattice.existing().services, ...lattice.existing().targetGroups].map(({ arn }) => arn);
    expect(left).toEqual(expect.arrayContaining(arns));
  });

  test("is left as it is, and keeps its network: the association of the cluster's VPC", () => {
    const lattice = takenOver(association);
    const moved = stall((d) => (d.networks.market.vpcs = []));
    expect(sentences(moved, lattice)).toEqual([]);
    const narrowed = stall((d) => (d.networks.market.vpcs[0].securityGroups = ["sg-2"]));
    expect(sentences(narrowed, lattice)).toEqual(["refused networks.market.vpcs.vpc-0000000000000000a"]);
    expect(sentences(nothing, lattice)).toContain("refused networks.market");
  });
});
