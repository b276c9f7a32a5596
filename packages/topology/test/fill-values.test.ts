import { describe, expect, test } from "vitest";
import {
  fillGiven,
  fillRequest,
  fillText,
  fillTextFrom,
  fillValues,
  TopologyRefused,
  type ValueSources,
} from "../src/index.ts";

const name = (text: string) => `$\{${text}}`;

describe("values", () => {
  test("take the place of what names them", () => {
    const document = { vpc: name("vpc"), path: `/espalier/${name("stage")}/x` };
    expect(fillValues(document, { vpc: "vpc-1", stage: "dev" })).toEqual({
      vpc: "vpc-1",
      path: "/espalier/dev/x",
    });
  });

  test("may be lists: as a field, or item by item inside a list", () => {
    const values = { v1: ["10.0.0.1", "10.0.0.2"] };
    expect(fillValues({ targets: name("v1") }, values)).toEqual({ targets: ["10.0.0.1", "10.0.0.2"] });
    expect(fillValues({ targets: ["10.9.9.9", name("v1")] }, values)).toEqual({
      targets: ["10.9.9.9", "10.0.0.1", "10.0.0.2"],
    });
  });

  test("leave references and IAM's variables alone", () => {
    const resource = `${name("service:fruit.arn")}/${name("aws:username")}`;
    expect(fillValues({ resource }, {})).toEqual({ resource });
  });

  test("that are not given are named, each with its place", () => {
    const fill = () => fillValues({ a: { b: [name("x")] }, c: name("y") }, { z: 1 }, "stall.yaml");
    expect(fill).toThrow(
      new TopologyRefused("stall.yaml", [
        { place: "a.b[0]", message: 'needs the value "x"; there are: z' },
        { place: "c", message: 'needs the value "y"; there are: z' },
      ]),
    );
  });

  test("do not come from the prototype of an object", () => {
    expect(() => fillValues({ a: name("constructor") }, {})).toThrow('a needs the value "constructor"');
  });

  test("that are lists cannot stand inside a text", () => {
    expect(() => fillValues({ a: `x-${name("v")}` }, { v: ["1"] })).toThrow("cannot stand inside a text");
  });

  test("go into YAML with anchors and merges", () => {
    const text = `a: &a\n  port: 80\n  targets: ${name("v1")}\nb:\n  <<: *a\n  targets: ${name("v2")}\n`;
    expect(fillText(text, { v1: ["1"], v2: ["2"] }, "x.yaml")).toEqual({
      a: { port: 80, targets: ["1"] },
      b: { port: 80, targets: ["2"] },
    });
  });

  test("go into YAML that is some, and nothing else", () => {
    expect(() => fillText("a: [", {}, "x.yaml")).toThrow(TopologyRefused);
    expect(() => fillText("a: [", {}, "x.yaml")).toThrow(/^x\.yaml: /);
  });
});

describe("values that nobody gives", () => {
  const asked: string[] = [];
  const sources: ValueSources = {
    readParameters: async (names) => {
      asked.push(...names);
      return Object.fromEntries(names.map((one) => [one, `value of ${one}`]));
    },
    whereabouts: async () => {
      asked.push("whereabouts");
      return { account: "123456789012", region: "us-east-1" };
    },
  };
  const filled = async (document: object, given = {}) => {
    asked.length = 0;
    return fillTextFrom(JSON.stringify(document), given, sources, "x.yaml");
  };

  test("are read where they are named, and nothing is asked where they are not", async () => {
    const named = { a: name("ssm:/a/b"), b: `${name("account")} ${name("ssm:c")}` };
    expect(await filled(named)).toEqual({ a: "value of /a/b", b: "123456789012 value of c" });
    expect(asked).toEqual(["whereabouts", "/a/b", "c"]);
    expect(await filled({ a: name("x"), r: name("service:x.arn") }, { x: 1 })).toEqual({
      a: 1,
      r: name("service:x.arn"),
    });
    expect(asked).toEqual([]);
  });

  test("give way to those that are given, and an account to that of the document's role", async () => {
    expect(await filled({ a: name("region") }, { region: "mine" })).toEqual({ a: "mine" });
    const role = "arn:aws:iam::222222222222:role/apply";
    expect(await filled({ role, a: name("account") })).toEqual({ role, a: "222222222222" });
  });

  test("stay as they are written where somebody else fills them in", async () => {
    const text = JSON.stringify({ a: name("ssm:/a/b"), b: `${name("account")} ${name("c")}` });
    const given = fillGiven(text, { c: "d" }, "x.yaml");
    expect(given).toEqual({ a: name("ssm:/a/b"), b: `${name("account")} d` });
    const detail = { id: "one", document: given };
    expect(await fillRequest(detail, sources)).toEqual({
      id: "one",
      document: { a: "value of /a/b", b: "123456789012 d" },
    });
    expect(await fillRequest({ packed: "x" }, sources)).toEqual({ packed: "x" });
  });
});
