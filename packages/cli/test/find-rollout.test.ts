import { type Meta, RolloutSummary } from "@espalier/rollout";
import { expect, test } from "vitest";
import { findRollout } from "../src/commands/rollout/find-rollout.ts";
import { ExitCode } from "../src/fail.ts";
import { follow } from "../src/follow.ts";
import type { RolloutsTable } from "../src/rollouts-table.ts";

const at = "2026-01-01T00:00:00.000Z";

function meta(id: string, status: RolloutSummary["status"]): Meta {
  const summary = RolloutSummary.parse({ id, service: "inventory", candidate: "v2", status, at });
  const settled = /promoted|rolled-back|stopped|refused/.test(status);
  return { id, at, inbox: [], nudges: 0, owner: "none", generation: 1, publishedSeq: 1, settled, summary };
}

/** A table with these rollouts, the newest first, and no history of any. */
const table = (...metas: Meta[]): RolloutsTable => ({
  list: async () => metas,
  frozen: async () => null,
  load: async (id) => ({ meta: metas.find((known) => known.id === id), commits: [] }),
});

test.for([
  ["that has not ended", ["refused", "promoted", "baking"], "baking"],
  ["that is paused, over a newer one that ended", ["stopped", "paused", "promoted"], "paused"],
  ["newest that was not refused", ["refused", "rolled-back", "promoted"], "rolled-back"],
  ["newest, where all were refused", ["refused"], "refused"],
] as const)("a service stands for its rollout %s", async ([, statuses, meant]) => {
  const metas = statuses.map((status) => meta(status, status));
  expect(await findRollout(table(...metas), "inventory")).toBe(meant);
});

test("a rollout is found by its id before its history begins", async () => {
  expect(await findRollout(table(meta("r-1", "starting")), "r-1")).toBe("r-1");
});

test("what was misspelt is told", async () => {
  await expect(findRollout(table(meta("r-1", "baking")), "invetory")).rejects.toThrow(
    'there is no rollout "invetory", and none of a service of that name (did you mean inventory?); the newest are r-1',
  );
});

test("a rollout that never begins is not followed for ever", async () => {
  const following = (async () => {
    for await (const { rollout } of follow(table(), "r-1", { admissionMs: 0 }))
      expect(rollout.status).toBe("unknown");
  })();
  await expect(following).rejects.toMatchObject({
    name: "UserError",
    exitCode: ExitCode.notYet,
    message: expect.stringContaining("r-1 was asked for and neither admitted nor refused"),
  });
});
