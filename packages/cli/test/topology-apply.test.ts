import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { describeRun, exitCodeOf, outcomeLines } from "../src/commands/topology/describe-run.ts";
import { readTopologyFile } from "../src/commands/topology/read-topology-file.ts";
import { readValues } from "../src/commands/topology/read-values.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "topology-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
}

describe("the values of a document", () => {
  test("come from a file, those on the command line before them", () => {
    const outputs = file("outputs.json", '{"vpc":"vpc-1","list":["a"]}');
    expect(readValues(outputs, ["vpc=vpc-2", "extra=a=b"])).toEqual({
      vpc: "vpc-2",
      list: ["a"],
      extra: "a=b",
    });
  });

  test.for([
    ["no pair", undefined, ["vpc"], "--set is vpc; it is NAME=VALUE"],
    ["a nameless pair", undefined, ["=x"], "--set is =x; it is NAME=VALUE"],
    ["no such file", "nowhere.json", [], "there is no file nowhere.json"],
  ] as const)("are refused in one line where there is %s", ([, from, pairs, message]) => {
    expect(() => readValues(from, pairs)).toThrow(message);
  });

  test("are refused where the file holds none", () => {
    expect(() => readValues(file("list.json", "[1]"), [])).toThrow("has no values; it is an object");
  });
});

describe("a topology file", () => {
  test("is named by its own name and the line in what is wrong with it", async () => {
    const wrong = file("stall.yaml", "name: stall\nservices: { fruit: { networks: [market] } }\n");
    await expect(readTopologyFile(wrong, {})).rejects.toThrow(
      'stall.yaml:2: services.fruit.networks[0] is "market"; no such network is in the document, there are none',
    );
  });

  test.for([
    ["a map", "vpcs: [{ vpc: VALUE }]"],
    ["a list", "vpcs: [VALUE]"],
    ["a text", "vpcs: [{ vpc: vpc-VALUE }]"],
  ] as const)(
    "is told of a placeholder in braces or brackets how it is written there: %s",
    async ([, written]) => {
      const placeholder = "$" + "{shopVpc}";
      const text = `name: stall\nnetworks:\n  market: { ${written.replace("VALUE", placeholder)} }\n`;
      await expect(readTopologyFile(file("braces.yaml", text), {})).rejects.toThrow(
        `braces.yaml:3: has ${placeholder} within { } or [ ], where it is a text only in quotes: "${placeholder}"`,
      );
    },
  );

  test("that is not there, or no YAML, is told in one line", async () => {
    await expect(readTopologyFile("nowhere.yaml", {})).rejects.toThrow("there is no file nowhere.yaml");
    await expect(readTopologyFile(folder, {})).rejects.toThrow(`${folder} is a folder, not a file`);
    await expect(readTopologyFile(file("torn.yaml", "name: [\n"), {})).rejects.toThrow(
      /^torn\.yaml:2: is no YAML: .+$/,
    );
    const two = file("two.yaml", "name: stall\n---\nname: market\n");
    await expect(readTopologyFile(two, {})).rejects.toThrow("two.yaml: has several documents; write each to");
    await expect(readTopologyFile(file("empty.yaml", ""), {})).rejects.toThrow(
      "empty.yaml: is null; a topology document is an object with at least a name",
    );
    const prose = file("prose.md", "# Words\n\nA text: with\nlines: and colons: in it\n");
    await expect(readTopologyFile(prose, {})).rejects.toThrow(/^prose\.md:4: .+[^:]$/);
  });
});

describe("the outcome of an apply", () => {
  const ended = { id: "t-1", name: "stall", at: "2026-01-01T00:00:00.000Z" };
  const run = { ...ended, type: "apply" } as const;
  const nothing = { created: 0, updated: 0, replaced: 0, deleted: 0, unchanged: 3 };
  const report = { ...nothing, changes: [], left: [], failures: [] };

  test("that was refused has the places of its file", () => {
    const problems = ["document: services.fruit is taken", "request: packed is wrong"];
    const told = ({ place, message }: { place: string; message: string }) =>
      `stall.yaml:3: ${place} ${message}`;
    expect(outcomeLines({ ...ended, status: "refused", problems }, "stall.yaml", told)).toEqual([
      "stall.yaml was refused; nothing was changed",
      "stall.yaml:3: services.fruit is taken",
      "request: packed is wrong",
    ]);
  });

  test("says what was done, what was left alone and what failed", () => {
    const lines = describeRun(
      {
        ...run,
        status: "failed",
        report: {
          ...nothing,
          created: 1,
          changes: [{ address: "services.fruit", verb: "create", sentence: "create the service fruit" }],
          left: [{ address: "services.juice", sentence: "tag the service juice: left alone" }],
          failures: [{ address: "networks.market", sentence: "create the network market: no" }],
        },
      },
      "stall.yaml",
    );
    expect(lines).toEqual([
      "+ create the service fruit",
      "  tag the service juice: left alone",
      "! create the network market: no",
      "stall failed: 1 created, 3 unchanged, 1 left alone, 1 not done",
      "running it again goes on",
    ]);
  });

  test("says that nothing had to be done", () => {
    expect(describeRun({ ...run, status: "applied", report }, "stall.yaml")).toEqual([
      "stall applied: 3 unchanged",
    ]);
  });

  test("that was refused without a file is told by its name", () => {
    const problems = ["document: services.fruit had 3 requests"];
    expect(outcomeLines({ ...ended, status: "refused", problems }, "stall")[1]).toBe(
      "stall: services.fruit had 3 requests",
    );
  });

  test("says of a destroy that it is destroyed, or not yet", () => {
    const left = [{ address: "services.fruit", sentence: "delete the service fruit: left alone" }];
    const gone = { ...run, type: "destroy", status: "applied", report: { ...report, deleted: 4 } } as const;
    expect(describeRun(gone, "stall")).toEqual(["stall destroyed: 4 deleted, 3 unchanged"]);
    const held = { ...run, type: "destroy", status: "failed", report: { ...report, left } } as const;
    expect(describeRun(held, "stall")).toEqual([
      "  delete the service fruit: left alone",
      "stall is not destroyed: 3 unchanged, 1 left alone",
      "running it again goes on",
    ]);
    expect([gone, held].map(exitCodeOf)).toEqual([0, 6]);
  });

  test("is not done yet where a rollout held something", () => {
    const left = [{ address: "services.fruit", sentence: "tag the service fruit: left alone" }];
    expect(exitCodeOf({ ...run, status: "applied", report: { ...report, left } })).toBe(6);
  });

  test("ends with a code that says which it was", () => {
    expect(exitCodeOf({ ...run, status: "applied", report })).toBe(0);
    const one = [{ address: "services.fruit", sentence: "tag the service fruit" }];
    expect(exitCodeOf({ ...run, status: "failed", report: { ...report, left: one, failures: one } })).toBe(1);
    expect(exitCodeOf({ ...ended, status: "broken", error: "E", cause: "c" })).toBe(1);
    expect(exitCodeOf({ ...ended, status: "refused", problems: [] })).toBe(5);
  });
});
