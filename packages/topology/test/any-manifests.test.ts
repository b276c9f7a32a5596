import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { fillText, importGatewayApi, plan, readDocument } from "../src/index.ts";
import { anyManifests, vpc } from "./arbitrary-manifests.ts";
import { settled } from "./converge.ts";
import { manifests } from "./manifests.ts";
import { modelLattice } from "./model-lattice.ts";

describe("any manifests", () => {
  test("become a document that can be read, as it is and as YAML with a VPC to fill in", () => {
    fc.assert(
      fc.property(anyManifests, (written) => {
        const read = manifests(...written);
        const { document } = importGatewayApi(read, { name: "hotel", vpc });
        const whole = readDocument(document);
        const later = importGatewayApi(read, { name: "hotel", vpc: `$\{clusterVpc}` });
        const yaml = stringify(later.document, { aliasDuplicateObjects: false });
        expect(readDocument(fillText(yaml, { clusterVpc: vpc }, "hotel.yaml"))).toEqual(whole);
      }),
      { numRuns: 100 },
    );
  });

  test("become a document that is applied from nothing, and then has nothing to do", () => {
    fc.assert(
      fc.property(anyManifests, (written) => {
        const imported = importGatewayApi(manifests(...written), { name: "hotel", vpc });
        const document = readDocument(imported.document);
        const lattice = modelLattice();
        for (const [name, network] of Object.entries(document.networks))
          if (network === "external")
            lattice.now.otherNetworks.push({ id: name, arn: name, name, services: [] });
        expect(settled(document, lattice)).toMatchObject({ failures: [], updated: 0, deleted: 0 });
        const open = plan(document, lattice.existing()).changes.filter(({ state }) => state !== "unchanged");
        expect(open).toEqual([]);
      }),
      { numRuns: 50 },
    );
  });

  test("have everything that is left out told of one of them", () => {
    fc.assert(
      fc.property(anyManifests, (written) => {
        const read = manifests(...written);
        const { document, notExpressed } = importGatewayApi(read, { name: "hotel", vpc });
        const there = read.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
        for (const { kind, namespace, name, why, instead } of notExpressed) {
          expect(there).toContain(`${kind} ${namespace}/${name}`);
          expect(why !== "" && instead !== "").toBe(true);
        }
        const routes = new Set(there.filter((one) => /^(HTTP|GRPC)Route /.test(one))).size;
        const gone = notExpressed.filter(({ instead }) => /^the (route|manifest) is left out$/.test(instead));
        expect(Object.keys(document.services ?? {}).length + gone.length).toBeGreaterThanOrEqual(routes);
      }),
      { numRuns: 100 },
    );
  });
});
