import type { Instant, MadeGroup } from "@espalier/rollout";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clearGroups } from "../rollout/clear-groups.ts";
import { settle } from "../rollout/settle.ts";
import { type AdmissionRig, admissionRig } from "./admission-rig.ts";

let rig: AdmissionRig;
beforeAll(async () => {
  rig = await admissionRig();
});
afterAll(() => rig.close());

test("a sweep that a later one has overtaken deletes nothing any more", async () => {
  const { arn } = await rig.service("swept", ["v1"]);
  const group: MadeGroup = {
    ...{ id: "tg-0123456789abcdef0", arn: "arn", name: "made", type: "IP", status: "ACTIVE", service: arn },
    ...{ rollout: "gone", contents: "", settings: "" },
  };
  const removedBy: Instant[] = [];
  const sweep = (at: Instant, overtaken = async (): Promise<unknown> => undefined): Promise<string[]> =>
    clearGroups(
      {
        ...rig.dependencies,
        functions: { dismissLattice: async () => {} },
        locks: {
          ...rig.dependencies.locks,
          take: async (lock) => {
            const held = await rig.dependencies.locks.take(lock);
            await overtaken();
            return held;
          },
        },
        groups: {
          ...rig.dependencies.groups,
          made: async () => [group],
          remove: async () => {
            removedBy.push(at);
            return true;
          },
        },
      },
      at,
    );
  const later = "2026-03-01T12:05:00.000Z";
  const late = sweep("2026-03-01T12:00:00.000Z", () => sweep(later));
  await expect(late).rejects.toMatchObject({ name: "Superseded" });
  expect(removedBy).toEqual([later]);
  expect(await rig.dependencies.locks.list()).toEqual([]);
});

test("a request whose workflow failed while it waited is refused with the candidate that it asked for", async () => {
  const { arn } = await rig.service("failed", ["v1", "v2"]);
  await rig.ask({ id: "failed-1", service: "failed", candidate: "failed-v2" });
  await rig.ask({ id: "failed-2", service: "failed", candidate: "failed-v2", whenLocked: "queue" });
  const turn = { rollout: "failed-2", execution: "execution:failed-2", generation: 1, at: rig.now() };
  const matchRules = { putMatch: async () => {}, removeMatch: async () => {} };
  await settle({ ...rig.dependencies, matchRules })({ ...turn, service: arn, release: true });
  expect(await rig.state("failed-2")).toMatchObject({
    refusal: { candidate: "failed-v2", problems: [expect.stringContaining("nothing was changed")] },
  });
});
