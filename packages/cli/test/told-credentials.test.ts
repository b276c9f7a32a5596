import { describe, expect, test } from "vitest";
import { UserError } from "../src/fail.ts";
import { toldCredentials } from "../src/local/told-credentials.ts";

describe("--credentials", () => {
  test("tells the root's key, and those of other accounts", () => {
    expect(toldCredentials("test:se/cret+=, AKIAB:b:222222222222")).toEqual({
      credentials: { accessKeyId: "test", secretAccessKey: "se/cret+=" },
      accounts: { "222222222222": { accessKeyId: "AKIAB", secretAccessKey: "b" } },
    });
    expect(toldCredentials(undefined)).toEqual({});
  });

  test.for([
    ["no secret", "AKIA"],
    ["an account of 11 digits", "AKIA:hush:22222222222"],
    ["nothing", ""],
    ["two roots of one account", "A:hush,B:hush"],
    ["one key of two accounts", "A:hush,A:hush:222222222222"],
  ])("does not take %s, and keeps secrets to itself", ([, text]) => {
    const told = () => toldCredentials(text);
    expect(told).toThrow(UserError);
    expect(told).not.toThrow(/hush/);
  });
});
