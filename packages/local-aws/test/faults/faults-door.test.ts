import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { describe, expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";

interface Body {
  readonly faults: readonly object[];
  readonly message: string;
  readonly fields: readonly { readonly field: string; readonly message: string }[];
}

async function door() {
  const { aws, settings } = await runningLocalAws();
  const ask = async (method: string, body?: string, contentType = "application/json") => {
    const sent = body === undefined ? {} : { body, headers: { "content-type": contentType } };
    const response = await fetch(`${aws.endpoint}/_local/faults`, { method, ...sent });
    return { status: response.status, body: (await response.json()) as Body };
  };
  const get = () =>
    new SSMClient(settings).send(new GetParameterCommand({ Name: "/sst/bootstrap" })).then(
      () => "fine",
      (error) => error.name,
    );
  return { aws, ask, get };
}

describe("POST /_local/faults", () => {
  test("arranges faults, which GET lists with what they did and DELETE clears", async () => {
    const { ask, get } = await door();
    const fault = { kind: "throttle", service: "ssm" };
    const whole = { ...fault, operation: "*", caller: "*", probability: 1, seed: 0, after: 0 };
    expect(await ask("POST", JSON.stringify(fault))).toEqual({
      status: 201,
      body: { faults: [{ ...whole, seen: 0, struck: 0 }] },
    });
    expect(await ask("POST", '[{"kind":"crash-before"},{"kind":"late"}]')).toMatchObject({ status: 201 });
    expect(await get()).toBe("ThrottlingException");
    const { body } = await ask("GET");
    expect(body.faults).toHaveLength(3);
    expect(body.faults[0]).toEqual({ ...whole, seen: 1, struck: 1 });
    expect(await ask("DELETE")).toEqual({ status: 200, body: { faults: [] } });
    expect(await get()).toBe("fine");
  });

  test.for([
    ["another kind", { kind: "explode" }, "kind"],
    ["no kind", {}, "kind"],
    ["a chance above 1", { kind: "error", probability: 2 }, "probability"],
    ["a chance of 0", { kind: "error", probability: 0 }, "probability"],
    ["half a time", { kind: "error", count: 0.5 }, "count"],
    ["a field of another kind", { kind: "error", function: "decide" }, ""],
    ["a service that is not here", { kind: "error", service: "braket" }, "service"],
    [
      "an operation that is not offered",
      { kind: "error", service: "ssm", operation: "GetParametr" },
      "operation",
    ],
    ["half of what succeeds as a whole", { kind: "partial", operation: "GetRule" }, "operation"],
    ["the second of a list", [{ kind: "error" }, { kind: "late", lateSeconds: -1 }], "1.lateSeconds"],
  ] as const)("refuses %s by its field and arranges nothing", async ([, faults, field]) => {
    const { ask } = await door();
    const { status, body } = await ask("POST", JSON.stringify(faults));
    expect(status).toBe(400);
    expect(body.fields).toMatchObject([{ field }]);
    expect(body.message).toContain(body.fields[0]?.message);
    expect((await ask("GET")).body).toEqual({ faults: [] });
  });

  test.for([
    ["a body that is not JSON", "POST", "{", "application/json", 400],
    ["what a browser sends without asking", "POST", '{"kind":"error"}', "text/plain", 415],
    ["another method", "PUT", '{"kind":"error"}', "application/json", 405],
  ] as const)("refuses %s", async ([, method, body, type, status]) => {
    const { ask } = await door();
    expect((await ask(method, body, type)).status).toBe(status);
    expect((await ask("GET")).body).toEqual({ faults: [] });
  });
});
