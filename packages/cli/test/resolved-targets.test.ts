import { describe, expect, test } from "vitest";
import { UserError } from "../src/fail.ts";
import { resolvedTargets } from "../src/local/resolved-targets.ts";

describe("--resolve", () => {
  test("says where targets are, of either version of IP", () => {
    expect([...resolvedTargets("10.0.1.10:80=127.0.0.1:4001, [fd00::1]:80=[::1]:4002")]).toEqual([
      ["10.0.1.10:80", "127.0.0.1:4001"],
      ["[fd00::1]:80", "[::1]:4002"],
    ]);
    expect(resolvedTargets(undefined).size).toBe(0);
  });

  test("says where instances are", () => {
    expect([...resolvedTargets("i-0123456789abcdef0:80=127.0.0.1:4001")]).toEqual([
      ["i-0123456789abcdef0:80", "127.0.0.1:4001"],
    ]);
  });

  test("says where load balancers are, by their ARN", () => {
    const arn = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/0123456789abcdef";
    expect([...resolvedTargets(`${arn}:80=127.0.0.1:4001`)]).toEqual([[`${arn}:80`, "127.0.0.1:4001"]]);
  });

  test.for([
    "10.0.1.10=127.0.0.1",
    "10.0.1.10:80",
    "",
    "10.0.1.10:80=localhost:4001",
    "10.0.1.10:80=10.0.0.2:4001",
    "10.0.1.999:80=127.0.0.1:4001",
    "[fd00:::1]:80=127.0.0.1:4001",
    "10.0.1.10:65536=127.0.0.1:4001",
    "10.0.1.10:80=127.0.0.1:65536",
  ])("does not take %j", (text) => expect(() => resolvedTargets(text)).toThrow(UserError));
});
