import { describe, expect, test } from "vitest";
import { actingServices } from "./acting-services.ts";
import { dataServices } from "./data-services.ts";
import { restarting } from "./restarting.ts";

describe("after a restart", () => {
  test.for(Object.entries({ ...dataServices, ...actingServices }))(
    "%s says what it said before",
    async ([, { put, read }]) => {
      const state = await restarting();
      await put(state.aws());
      await state.advance(1000);
      const before = await read(state.aws());
      await state.restart();
      expect(await read(state.aws())).toEqual(before);
      await state.restart();
      expect(await read(state.aws())).toEqual(before);
    },
  );

  test("AWS time goes on where it was, and new ids are new", async () => {
    const state = await restarting();
    const id = async () =>
      (await state.aws().call("vpc-lattice", "CreateServiceNetwork", { name: "shop" })).id;
    const first = await id();
    await state.advance(86_400_000);
    const left = state.aws().clock.now();
    await state.restart();
    expect(state.aws().clock.now()).toBe(left);
    await state.aws().reset();
    expect(await id()).not.toBe(first);
  });
});
