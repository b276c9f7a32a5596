import { describe, expect, test } from "vitest";
import { answerOf } from "../src/pulumi-stand-in/data-sources.ts";

const place = { account: "123456789012", region: "us-east-1" };

describe("the policy document that a program asks for", () => {
  test("keeps every condition, those of the same test too", () => {
    const conditions = [
      { test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] },
      { test: "StringEquals", variable: "lambda:Principal", values: ["vpc-lattice.amazonaws.com"] },
      { test: "ArnLike", variable: "aws:SourceArn", values: ["arn:aws:events:*"] },
    ];
    const statements = [{ actions: ["lambda:AddPermission"], resources: ["*"], conditions }];
    const { json } = answerOf("aws:iam/getPolicyDocument:getPolicyDocument", { statements }, place);
    expect(JSON.parse(String(json)).Statement[0].Condition).toEqual({
      StringEquals: {
        "aws:SourceAccount": ["123456789012"],
        "lambda:Principal": ["vpc-lattice.amazonaws.com"],
      },
      ArnLike: { "aws:SourceArn": ["arn:aws:events:*"] },
    });
  });
});

test("a data source that no answer is known for is refused by name", () => {
  expect(() => answerOf("aws:ec2/getUnheardOf:getUnheardOf", {}, place)).toThrow(
    "aws:ec2/getUnheardOf:getUnheardOf",
  );
});
