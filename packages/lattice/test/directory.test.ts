import { describe, expect, test } from "vitest";
import { latticeDirectory } from "../src/index.ts";
import { runningLattice } from "./topology/running-lattice.ts";

/** A group and a service, where lists cannot be read. */
async function unlisted() {
  const { aws, client } = await runningLattice();
  const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
  const group = await call("CreateTargetGroup", { name: "candidate", type: "LAMBDA" });
  const service = await call("CreateService", { name: "shop" });
  for (const operation of ["ListServices", "ListTargetGroups"]) {
    aws.faults.arrange({ kind: "error", service: "vpc-lattice", operation });
  }
  return { aws, group, service, directory: latticeDirectory(client) };
}

describe("a reference", () => {
  test("that is an id or an ARN is asked for without a list", async () => {
    const { directory, group, service } = await unlisted();
    for (const reference of [service.id, service.arn]) {
      expect(await directory.service(reference)).toMatchObject({ thing: { name: "shop" } });
    }
    for (const reference of [group.id, group.arn]) {
      expect(await directory.targetGroup(reference)).toMatchObject({
        thing: { name: "candidate", targets: [] },
      });
    }
  });

  test("that is a name is looked for in the list", async () => {
    const { aws, directory, group, service } = await unlisted();
    aws.faults.clear();
    expect(await directory.service("shop")).toMatchObject({ thing: { id: service.id } });
    expect(await directory.targetGroup("candidate")).toMatchObject({ thing: { id: group.id } });
  });

  test("that names nothing, or the like of it in another account, is answered with what there is", async () => {
    const { aws, directory, service } = await unlisted();
    aws.faults.clear();
    const nowhere = { type: "not-found", known: ["shop"] };
    for (const reference of [
      "svc-00000000000000000",
      service.arn.replace(/\d{12}/, "999999999999"),
      `x-${service.id}`,
      "",
    ]) {
      expect(await directory.service(reference)).toEqual(nowhere);
    }
  });
});
