import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import type { Server } from "node:http";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LocalAws, startLocalAws } from "../../src/local-aws.ts";
import type { ServiceName } from "../../src/platform.ts";
import { awsCommand, queried } from "../aws-command.ts";
import { portOf, started } from "./shop-builder.ts";

const guide = (name: string) =>
  readFileSync(path.resolve(import.meta.dirname, `../../../../docs/guides/${name}.md`), "utf8");
/** Indented code that contains `part`. */
const block = (name: string, part: string) =>
  Array.from(guide(name).matchAll(/(?:^ {4}.*\n)+/gm), ([code]) => code).find((code) =>
    code.includes(part),
  ) ?? "";

describe("The guide to the local Lattice on its own", () => {
  let aws: LocalAws;
  let folder: string;
  let gateway: number;
  const servers: Server[] = [];

  beforeEach(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), "lattice-guide-"));
    aws = await startLocalAws({
      authorityFile: path.join(folder, "authority.pem"),
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      lattice: { transitionMs: 0 },
    });
    gateway = await aws.lattice.trustedGateway();
    for (const [address, answer] of [
      ["10.0.1.10", "4001"],
      ["10.0.2.10", "4002"],
    ]) {
      const server = await started((_, response) => void response.end(`${answer}\n`));
      servers.push(server);
      aws.lattice.addresses.set(`${address}:80`, `127.0.0.1:${portOf(server)}`);
    }
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) server.close();
    await aws.close();
    rmSync(folder, { recursive: true });
  });

  /** A port that is asked line by line what `aws ...` would print; it calls as the root whose keys the guide exports. */
  const awsTool = async () => {
    const server = await started(async (request, response) => {
      const line = (await text(request)).split("\0").slice(0, -1);
      const answer = await awsCommand(line)
        .then(async ({ service, operation, input, query }) => {
          return queried(await aws.call(service as ServiceName, operation, input), query);
        })
        .catch((error: Error) => {
          response.statusCode = 400;
          return `aws ${line.join(" ")}: ${error.message}`;
        });
      response.end(answer);
    });
    servers.push(server);
    return portOf(server);
  };

  /** Runs lines of a guide in bash, with this test's ports and a stand-in for the AWS CLI, and without its pauses. */
  const run = async (...blocks: readonly string[]) => {
    const free = await started(() => undefined);
    const port = portOf(free);
    free.close();
    await once(free, "close");
    const script = blocks
      .join("\n")
      .replaceAll("127.0.0.1:4566", new URL(aws.endpoint).host)
      .replaceAll("127.0.0.1:4580", `127.0.0.1:${gateway}`)
      .replaceAll("4581", String(port))
      .replaceAll(".local-aws/authority.pem", path.join(folder, "authority.pem"))
      .replaceAll("curl ", "curl --silent --show-error --fail-with-body --noproxy '*' ");
    const standIns = `
set -euo pipefail
sleep() { :; }
aws() { printf '%s\\0' "$@" | command curl --silent --fail-with-body --noproxy '*' --data-binary @- http://127.0.0.1:${await awsTool()}; }
`;
    const child = spawn("bash", ["-c", standIns + script], { stdio: ["ignore", "pipe", "pipe"] });
    const [said, complaints, [code]] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      once(child, "close"),
    ]);
    return { said, complaints, code };
  };

  const shop = block("lattice-on-its-own", "create-service-network --name shop");

  test("makes two services with a weighted rule, which curl reaches", async () => {
    const { said, complaints, code } = await run(shop);
    expect({ code, complaints }, said).toEqual({ code: 0, complaints: "" });
    expect(said.trimEnd()).toMatch(/400[12]$/);
  });

  test("makes an HTTPS listener, which curl reaches with the authority's root", async () => {
    const { said, complaints, code } = await run(shop, block("lattice-on-its-own", "request-certificate"));
    // What a rule refuses is what this one is to answer.
    expect({ code, complaints }, said).toEqual({ code: 22, complaints: expect.stringContaining("404") });
    expect(said).toMatch(/Not Found$/);
  });

  test("registers a load balancer that it makes", async () => {
    const balanced = block("lattice-on-its-own", "create-load-balancer");
    const { said, complaints, code } = await run(shop, "echo", balanced);
    expect({ code, complaints }, said).toEqual({ code: 0, complaints: "" });
    expect(said).toMatch(
      /"successful":\[\{"id":"arn:[^"]*:loadbalancer\/app\/orders\/[^"]*","port":80\}\],"unsuccessful":\[\]/,
    );
  });

  test("asks why a request goes where it goes", async () => {
    const { said, complaints, code } = await run(shop, "echo", block("lattice-local", "_local/explain"));
    expect({ code, complaints }, said).toEqual({ code: 0, complaints: "" });
    expect(JSON.parse(said.trimEnd().split("\n").at(-1) ?? "")).toMatchObject({
      found: true,
      rule: { name: "stock" },
      authorisation: { allowed: true },
    });
  });
});
