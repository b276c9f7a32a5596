import { beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { lambda } from "../lambda.ts";

const context = { functionName: "doubles", getRemainingTimeInMillis: () => 1000 } as never;

beforeAll(() => {
  vi.stubEnv("POWERTOOLS_LOG_LEVEL", "SILENT");
});

class Refused extends Error {
  override readonly name = "Refused";
}

describe("a handler", () => {
  test("builds what it needs at its first call, and once", async () => {
    let built = 0;
    const handler = lambda(
      z.object({ a: z.number() }),
      ({ times }: { times: number }) =>
        async ({ a }) =>
          a * times,
      () => {
        built += 1;
        return { times: 2 };
      },
    );
    expect(built).toBe(0);
    expect(await handler({ a: 2 }, context)).toBe(4);
    expect(await handler({ a: 3 }, context)).toBe(6);
    expect(built).toBe(1);
  });

  test("refuses an input that does not parse, by the name that the workflows match on", async () => {
    const handler = lambda(
      z.object({ a: z.number() }),
      () => async () => 1,
      () => ({}),
    );
    await expect(handler({ a: "two" }, context)).rejects.toMatchObject({ name: "InvalidInput" });
  });

  test("throws a failure with its own name", async () => {
    const refuse = () => async () => {
      throw new Refused("no");
    };
    await expect(lambda(z.unknown(), refuse, () => ({}))({}, context)).rejects.toMatchObject({
      name: "Refused",
    });
  });
});
