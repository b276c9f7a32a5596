import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { namedTopology } from "../src/commands/topology/named-topology.ts";

const placeholder = "$" + "{paymentRole}";

describe("a topology that is named", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), "espalier-named-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const file = (text: string) => {
    const name = path.join(folder, "topology.yaml");
    writeFileSync(name, text);
    return name;
  };

  test("by its name", () => expect(namedTopology("shop")).toEqual({ name: "shop" }));

  test("by its document has the role that stands there, however little else can be read", () => {
    const role = "arn:aws:iam::222222222222:role/applies";
    expect(namedTopology(file(`name: payment\nrole: ${role}\nservices: 7`))).toEqual({
      name: "payment",
      role,
    });
  });

  test("by a document whose role is a placeholder has none yet", () =>
    expect(namedTopology(file(`name: payment\nrole: ${placeholder}`))).toEqual({ name: "payment" }));

  test("by a file without a name is refused", () =>
    expect(() => namedTopology(file("services: {}"))).toThrow("is no topology document: it has no name"));
});
