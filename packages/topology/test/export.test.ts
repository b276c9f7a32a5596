import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exportDocument, plan, readDocument } from "../src/index.ts";
import { stall, writtenStall } from "./build-document.ts";
import { settled } from "./converge.ts";
import { documents } from "./documents.ts";
import { modelLattice } from "./model-lattice.ts";

/** The stall, applied. */
function opened() {
  const lattice = modelLattice();
  settled(stall(), lattice);
  return lattice;
}

describe("what is exported", () => {
  test("has nothing to do once it is adopted, whatever it was", () => {
    fc.assert(
      fc.property(documents, (document) => {
        const lattice = modelLattice();
        settled(document, lattice);
        const copy = readDocument(exportDocument(lattice.existing(), "copy").document);
        const adopted = settled(copy, lattice, { adopt: ["*"] });
        expect(adopted).toMatchObject({ created: 0, replaced: 0, deleted: 0, failures: [] });
        const open = plan(copy, lattice.existing()).changes.filter(({ state }) => state !== "unchanged");
        expect(open).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test("is what somebody would write", () => {
    const { document, left } = exportDocument(opened().existing(), "stall");
    const written = writtenStall();
    for (const group of Object.values<{ tags?: object }>(written.targetGroups)) delete group.tags;
    expect(document).toEqual(written);
    expect(left).toEqual([]);
  });

  test("of one service has its target groups, and its networks as somebody else's", () => {
    const lattice = opened();
    settled(
      readDocument({
        name: "press",
        services: {
          juice: { listeners: { http: { protocol: "HTTP", defaultAction: { fixedResponse: 404 } } } },
        },
      }),
      lattice,
    );
    const { document } = exportDocument(lattice.existing(), "mine", { services: ["fruit"] });
    expect(document).toMatchObject({ networks: { market: "external" }, services: { fruit: {} } });
    expect(Object.keys(document.targetGroups as object)).toEqual(["fruit-v1", "fruit-v2"]);
    expect(Object.keys(document.services as object)).toEqual(["fruit"]);
  });

  test("is chosen by a tag", () => {
    const lattice = opened();
    const chosen = (value: string) =>
      exportDocument(lattice.existing(), "mine", { tag: ["espalier:topology", value] }).document;
    expect(chosen("stall")).toHaveProperty("services.fruit");
    expect(chosen("elsewhere")).toEqual({ name: "mine" });
  });

  test("leaves out what belongs to a Kubernetes controller, and what a document cannot say", () => {
    const lattice = opened();
    const [service] = lattice.now.services;
    if (service === undefined) throw new Error("there is no service");
    service.tags = { "application-networking.k8s.aws/ManagedBy": "123456789012/cluster/vpc-1" };
    expect(exportDocument(lattice.existing(), "mine")).toMatchObject({
      left: ["the service fruit belongs to the Kubernetes controller 123456789012/cluster/vpc-1"],
    });
    service.tags = {};
    const [listener] = service.listeners;
    if (listener) listener.protocol = "TLS_PASSTHROUGH";
    const { document, left } = exportDocument(lattice.existing(), "mine");
    expect(left).toEqual([
      "the service fruit has a listener of protocol TLS_PASSTHROUGH, which a document cannot say",
    ]);
    expect(document).not.toHaveProperty("services");
  });
});
