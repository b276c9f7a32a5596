import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, test } from "vitest";
import { serviceRole } from "./deployed-espalier.ts";
import { healthy } from "./shop.ts";
import { startedWorld } from "./world.ts";

const world = startedWorld();
const versions = { v1: healthy, v2: healthy };
const short = { strategy: { type: "canary", steps: [{ weight: 10, bakeMinutes: 1 }] } };

/** A function to be asked, answering this; putting it again changes its answer. */
function hook(name: string, ANSWER: string): string {
  return world().aws.lambda.putFunction({
    name: `espalier-hook-${name}`,
    directory: new URL("../..", import.meta.url).pathname,
    handler: "test/rollout/handlers/hook.handler",
    environment: { ANSWER },
    roleArn: serviceRole(world().aws, `hook-${name}`),
    timeoutSeconds: 10,
    memoryMb: 128,
  });
}

describe("a hook at the start", () => {
  test("that says stop keeps everything as it is, with its reason", async () => {
    const shop = await world().shop("stopped", versions);
    await world().request("h1", "stopped", {
      ...short,
      hooks: [{ at: "start", lambda: hook("h1", "stop") }],
    });
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    expect(await world().untilEnded("h1")).toMatchObject({
      status: "rolled-back",
      reason: expect.stringContaining("asked at start of step 0"),
    });
  });

  test("that fails is asked each minute, until it says go", async () => {
    const shop = await world().shop("broken", versions);
    const hooks = [{ at: "start", lambda: hook("h2", "fail") }];
    await world().request("h2", "broken", { ...short, hooks });
    await world().minutes(3);
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
    const answers = (await world().history("h2")).filter(({ type }) => type === "hook-answered");
    expect(answers.length).toBeGreaterThanOrEqual(3);
    expect(answers[0]).toMatchObject({
      answer: "wait",
      reason: expect.stringMatching(/^it did not answer: Error, it failed: .*the hook is broken/),
    });
    hook("h2", "go");
    expect(await world().untilEnded("h2")).toMatchObject({ status: "promoted" });
  });

  test("that answers nonsense for longer than it has ends the rollout as it asks", async () => {
    const shop = await world().shop("nonsense", versions);
    const hooks = [{ at: "start", lambda: hook("h3", "perhaps"), withinMinutes: 3 }];
    await world().request("h3", "nonsense", { ...short, hooks });
    expect(await world().untilEnded("h3")).toMatchObject({ status: "rolled-back" });
    expect(await shop.weights()).toEqual({ default: { v1: 100 } });
  });
});

test("a hook at an address is asked by a POST that is signed for Lattice", async () => {
  const asked: { method: string | undefined; authorization: string | undefined; body: unknown }[] = [];
  const server = createServer(async (request, response) => {
    const chunks = await request.toArray();
    const { authorization } = request.headers;
    asked.push({ method: request.method, authorization, body: JSON.parse(Buffer.concat(chunks).toString()) });
    response.end(JSON.stringify({ answer: "go", reason: "the address agrees" }));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  try {
    await world().shop("address", versions);
    const hooks = [{ at: "end", url: `http://127.0.0.1:${port}/gate` }];
    await world().request("h4", "address", { ...short, hooks });
    expect(await world().untilEnded("h4")).toMatchObject({ status: "promoted" });
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      method: "POST",
      authorization: expect.stringMatching(/^AWS4-HMAC-SHA256 Credential=.*\/vpc-lattice-svcs\/aws4_request/),
      body: { rollout: "h4", service: "address", at: "end", weight: 10 },
    });
  } finally {
    server.close();
  }
});

test("a hook after a rollback is asked before the outcome is told, and cannot keep it from being told", async () => {
  const shop = await world().shop("after", versions);
  const hooks = [{ at: "roll-back", lambda: hook("h5", "fail"), withinMinutes: 2 }];
  await world().request("h5", "after", { ...short, hooks });
  await world().command("abort", "h5");
  expect(await shop.weights()).toEqual({ default: { v1: 100 } });
  expect(await world().types("h5")).toContain("hook-answered");
  expect(await world().types("h5")).not.toContain("rollout-rolled-back");
  expect(await world().untilEnded("h5")).toMatchObject({ status: "rolled-back" });
});
