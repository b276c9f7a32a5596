import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { topologySchema } from "../schema/topology-schema.ts";
import { readDocument, TopologyRefused } from "../src/index.ts";
import { writtenStall } from "./build-document.ts";
import { documents } from "./documents.ts";

const read = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
const published = JSON.parse(read("../schema/topology.json"));
const valid = new Ajv2020({ allowUnionTypes: true }).compile(published);

/** Whether a document is taken. */
function taken(document: unknown): boolean {
  try {
    return readDocument(document) !== undefined;
  } catch (error) {
    if (error instanceof TopologyRefused) return false;
    throw error;
  }
}

test("the published schema is the one that documents are parsed by; `npm run schema` writes it anew", () => {
  expect(published).toEqual(JSON.parse(JSON.stringify(topologySchema())));
});

describe("the published schema", () => {
  test("takes any document that is taken", () => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(valid(JSON.parse(JSON.stringify(document))), JSON.stringify(valid.errors)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  test.for(["../../shop/topology.yaml", "../../lattice/test/topology/shop.yaml"])(
    "takes %s as it is written, before its values are known",
    (file) => {
      expect(valid(parse(read(file), { merge: true })), JSON.stringify(valid.errors)).toBe(true);
    },
  );

  // biome-ignore lint/suspicious/noExplicitAny: what is written may be anything, wrong things too.
  test.for<[string, (d: any) => void]>([
    ["a network of somebody else's", (d) => (d.networks.partner = "external")],
    [
      "another account's",
      (d) =>
        (d.networks.far = {
          arn: "arn:aws:vpc-lattice:us-east-1:222222222222:servicenetwork/sn-0123456789abcdef0",
        }),
    ],
    ["short grants", (d) => (d.networks.market.policy = { allow: ["anyone, GET /health"] })],
    ["a share", (d) => (d.services.fruit.share = { principals: ["222222222222"] })],
    ["an access log", (d) => (d.services.fruit.accessLogs = ["arn:aws:s3:::logs"])],
    ["a domain", (d) => (d.services.fruit.domain = { name: "fruit.example" })],
    ["enforced weights", (d) => (d.services.fruit.weights = "enforce")],
    ["targets of others", (d) => (d.targetGroups["fruit-v1"].targets = "external")],
    [
      "a group of a function",
      (d) => (d.targetGroups.press = { type: "LAMBDA", targets: ["arn:aws:lambda:a"] }),
    ],
  ])("takes %s, and so does Espalier", ([, change]) => {
    const document = writtenStall();
    change(document);
    expect(taken(document)).toBe(true);
    expect(valid(document), JSON.stringify(valid.errors)).toBe(true);
  });

  // biome-ignore lint/suspicious/noExplicitAny: what is written may be anything, wrong things too.
  test.for<[string, (d: any) => void]>([
    ["no name", (d) => delete d.name],
    ["a name with a capital", (d) => (d.services.Fruit = {})],
    ["a name like an id", (d) => (d.services["svc-fruit"] = {})],
    ["an unknown field", (d) => (d.services.fruit.network = ["market"])],
    ["an unknown authType", (d) => (d.networks.market.authType = "IAM")],
    ["a network of a kind that is none", (d) => (d.networks.partner = "foreign")],
    ["a priority of 0", (d) => (d.services.fruit.listeners.http.rules[0].priority = 0)],
    ["a weight above 999", (d) => (d.services.fruit.listeners.http.defaultAction.forward["fruit-v1"] = 1000)],
    [
      "an answer that Lattice cannot give",
      (d) => (d.services.fruit.listeners.http.defaultAction = { fixedResponse: 403 }),
    ],
    ["a target group without targets", (d) => (d.targetGroups["fruit-v1"].targets = [])],
    ["a VPC that is none", (d) => (d.targetGroups["fruit-v1"].vpc = "vpc")],
    ["a policy without an effect", (d) => delete d.networks.market.policy.Statement[0].Effect],
    ["a share with nobody", (d) => (d.services.fruit.share = { principals: [] })],
    ["a domain of one label", (d) => (d.services.fruit.domain = { name: "fruit" })],
    ["weights of nobody", (d) => (d.services.fruit.weights = "mine")],
  ])("refuses %s, and so does Espalier", ([, spoil]) => {
    const document = writtenStall();
    spoil(document);
    expect(taken(document)).toBe(false);
    expect(valid(document)).toBe(false);
  });
});
