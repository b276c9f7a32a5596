import { latticeQuotas } from "@espalier/local-aws";
import { describe, expect, test } from "vitest";
import { latticeSettings } from "../src/local/lattice-options.ts";

const usual = { choice: "random", propagation: "0", rate: "10000" };

describe("the options for Lattice of espalier local", () => {
  test("are AWS's own unless told otherwise", () => {
    expect(latticeSettings(usual)).toEqual({
      choice: "random",
      propagationMs: 0,
      requestsPerSecond: 10_000,
      quotas: latticeQuotas,
    });
  });

  test("set what they name and nothing else", () => {
    const settings = latticeSettings({
      choice: "deterministic",
      propagation: "1.5",
      rate: "0",
      quotas: "rulesPerListener=100, services=3",
      organization: "o-50dc6c495c",
      "access-logs": "./logs",
    });
    expect(settings).toEqual({
      choice: "deterministic",
      propagationMs: 1500,
      requestsPerSecond: Number.POSITIVE_INFINITY,
      quotas: { ...latticeQuotas, rulesPerListener: 100, services: 3 },
      organization: "o-50dc6c495c",
      accessLogFolder: "./logs",
    });
  });

  test.for([
    [{ choice: "even" }, '--choice is "even"; it is random or deterministic'],
    [{ propagation: "soon" }, "--propagation is soon; it is a number, 0 or more"],
    [{ propagation: "" }, "--propagation is empty; it is a number, 0 or more"],
    [{ rate: "-1" }, "--rate is -1; it is a number, 0 or more"],
    [{ organization: "acme" }, '--organization is "acme"; it is o- and'],
    [{ quotas: "rules=5" }, '--quotas: "rules=5" names none; they are serviceNetworks,'],
    [{ quotas: "toString=5" }, '--quotas: "toString=5" names none'],
    [{ quotas: "services=many" }, '--quotas: "services=many" is not NAME=NUMBER, as in services=10'],
  ] as const)("refuse %o by name, with the way out", ([given, message]) => {
    expect(() => latticeSettings({ ...usual, ...given })).toThrow(message);
  });
});
