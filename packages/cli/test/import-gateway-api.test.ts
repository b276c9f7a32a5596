import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readTopologyFile } from "../src/commands/topology/read-topology-file.ts";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), "espalier-import-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
}

const printed = consoleLines();
const run = (...argv: string[]) => runCli(espalier, ["topology", "import", "gateway-api", ...argv]);

const gateway = `
kind: Gateway
metadata: { name: my-hotel }
spec: { gatewayClassName: amazon-vpc-lattice, listeners: [{ name: http, protocol: HTTP, port: 80 }] }
`;
const route = `
kind: HTTPRoute
metadata: { name: rates }
spec:
  parentRefs: [{ name: my-hotel }]
  rules:
    - filters: [{ type: RequestMirror }]
      backendRefs: [{ name: rates-v1, port: 8080 }]
`;

describe("topology import gateway-api", () => {
  test("prints a document that an apply takes, and what is not in it beside it", async () => {
    expect(await run(file("gateway.yaml", gateway), file("route.yaml", route))).toBe(ExitCode.done);
    expect(printed.err).toEqual([
      "route.yaml:2: HTTPRoute default/rates, spec.rules[0].filters[0]: RequestMirror: Lattice forwards requests as they are; skipped: forwarded without the filter",
    ]);
    const document = file("hotel.yaml", printed.out.join("\n"));
    expect((await readTopologyFile(document, { clusterVpc: "vpc-0123456789abcdef0" })).written).toMatchObject(
      {
        name: "kubernetes",
        targetGroups: { "k8s-default-rates-v1": { vpc: "vpc-0123456789abcdef0" } },
        services: { "rates-default": { networks: ["my-hotel"] } },
      },
    );
  });

  test("writes a file where one is named, and JSON for scripts", async () => {
    const out = path.join(folder, "out.yaml");
    const files = [file("gateway.yaml", gateway), file("route.yaml", route)];
    expect(
      await run(...files, "--vpc", "vpc-0123456789abcdef0", "--name", "hotel", "--out", out, "--json"),
    ).toBe(0);
    expect(printed.err).toEqual([]);
    const { document, notExpressed } = JSON.parse(printed.out.join("\n"));
    expect((await readTopologyFile(out, {})).written).toEqual(document);
    expect(notExpressed).toMatchObject([{ kind: "HTTPRoute", field: "spec.rules[0].filters[0]" }]);
    expect(readFileSync(out, "utf8")).not.toContain("clusterVpc");
  });

  test("says where it cannot write", async () => {
    const out = path.join(folder, "nowhere", "out.yaml");
    expect(await run(file("gateway.yaml", gateway), "--out", out)).toBe(2);
    expect(printed.err.join("\n")).toContain(`cannot write ${out}`);
  });

  test.for([
    ["no such file", () => path.join(folder, "nowhere.yaml"), /^there is no file .+nowhere\.yaml$/],
    ["a file that is no YAML", () => file("torn.yaml", "kind: [\n"), /^torn\.yaml: .+ at line 2, column 1$/],
    [
      "no manifests in it",
      () => file("values.yaml", "a: 1\n"),
      /^values\.yaml: no Kubernetes manifest: kind: .+ at line 1$/,
    ],
  ] as const)("refuses %s in one line", async ([, name, message]) => {
    expect(await run(name())).toBe(ExitCode.usage);
    expect(printed.err).toEqual([expect.stringMatching(message)]);
  });

  test("refuses a name or a VPC that is none, and no files at all", async () => {
    expect(await run(file("gateway.yaml", gateway), "--vpc", "mine")).toBe(ExitCode.usage);
    expect(printed.err).toEqual(['import: vpc is "mine"; a VPC is named by its id, vpc-…']);
    expect(await run(file("gateway.yaml", gateway), "--name", "My Hotel")).toBe(ExitCode.usage);
    expect(printed.err[1]).toMatch(/name is "My Hotel"; the name of a topology has/);
    expect(await run()).toBe(ExitCode.usage);
  });
});
