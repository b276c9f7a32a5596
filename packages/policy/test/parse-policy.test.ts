import { describe, expect, test } from "vitest";
import { PolicyError, parsePolicy } from "../src/index.ts";

const statement = { Effect: "Allow", Action: "a:B", Resource: "*" };

describe("parsePolicy", () => {
  test("reads a policy with one statement or several, in either version", () => {
    expect(parsePolicy(JSON.stringify({ Statement: statement })).Statement).toEqual(statement);
    expect(parsePolicy(JSON.stringify({ Version: "2008-10-17", Statement: [statement] })).Version).toBe(
      "2008-10-17",
    );
  });

  test("reads a trust policy, which has no Resource", () => {
    const trust = {
      Effect: "Allow",
      Principal: { Service: "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    };
    expect(parsePolicy(JSON.stringify({ Statement: trust })).Statement).toEqual(trust);
  });

  test.for<[message: RegExp, policy: unknown]>([
    [/^the policy is "text"; it is an object$/, "text"],
    [/^Statement is missing$/, { Version: "2012-10-17" }],
    [/^Version is "2012"; it is 2012-10-17 or 2008-10-17$/, { Version: "2012", Statement: statement }],
    [
      /^Statement\[1\]\.Effect is "allow"; it is Allow or Deny$/,
      { Statement: [statement, { ...statement, Effect: "allow" }] },
    ],
    [/^Statement\.Effect is "allow"; it is Allow or Deny$/, { Statement: { ...statement, Effect: "allow" } }],
    [
      /^Statement\[0\] has Actions, which no policy has there$/,
      { Statement: [{ ...statement, Actions: "x" }] },
    ],
    [
      /^Statement\[0\] needs one of Action and NotAction$/,
      { Statement: [{ Effect: "Allow", Resource: "*" }] },
    ],
    [
      /^Statement\[0\] needs one of Resource and NotResource/,
      { Statement: [{ Effect: "Allow", Action: "a:B" }] },
    ],
    [
      /^Statement\[0\]\.Action\[1\] is 7; it is a string$/,
      { Statement: [{ ...statement, Action: ["a:B", 7] }] },
    ],
    [/^Statement is empty$/, { Statement: [] }],
    [
      /^Statement\[0\]\.Condition\.StringEqual is not a condition operator of IAM$/,
      { Statement: [{ ...statement, Condition: { StringEqual: { k: "v" } } }] },
    ],
    [
      /^Statement\[0\]\.Condition\.constructor is not a condition operator of IAM$/,
      { Statement: [{ ...statement, Condition: { constructor: { k: "v" } } }] },
    ],
    [
      /^Statement\[0\]\.Condition\.IpAddress\.aws:SourceIp is "10\.0\.0\.0\/33"; IpAddress takes an IP address or a range/,
      { Statement: [{ ...statement, Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/33" } } }] },
    ],
    [
      /^Statement\[0\]\.Condition\.NumericLessThan\.k is "few"; NumericLessThan takes a number$/,
      { Statement: [{ ...statement, Condition: { NumericLessThan: { k: ["1", "few"] } } }] },
    ],
  ])("says %s", ([message, policy]) => {
    expect(() => parsePolicy(JSON.stringify(policy))).toThrow(
      expect.objectContaining({ name: "PolicyError", message: expect.stringMatching(message) }),
    );
  });

  test("says what in the text is not JSON", () => {
    expect(() => parsePolicy('{"Statement": }')).toThrow(PolicyError);
    expect(() => parsePolicy('{"Statement": }')).toThrow(/^the policy is not JSON: Unexpected token '}'/);
  });
});
