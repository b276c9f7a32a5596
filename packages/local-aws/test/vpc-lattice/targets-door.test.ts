import { describe, expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";

const balancer = "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop/0123456789abcdef";
const here = "127.0.0.1:4001";

async function door() {
  const { aws } = await runningLocalAws();
  const ask = async (body: object) => {
    const answer = await fetch(`${aws.endpoint}/_local/targets`, {
      ...{ method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
    });
    return { status: answer.status, body: await answer.json() };
  };
  return { aws, ask };
}

describe("POST /_local/targets", () => {
  test.for(["10.0.1.10", "i-0123456789abcdef0", balancer])("says where %s is", async (target) => {
    const { aws, ask } = await door();
    const asked = { target: `${target}:80`, local: here };
    expect(await ask(asked)).toEqual({ status: 200, body: asked });
    expect(aws.lattice.addresses.resolve(target, 80)).toBe(here);
  });

  test.for([
    ["a target without a port", { target: balancer, local: here }, /is not an address with a port/],
    ["what is not on this machine", { target: "10.0.1.10:80", local: "10.0.0.2:80" }, /is not a loopback/],
    ["no target", { local: here }, /^target/],
    ["a member that it does not know", { target: "10.0.1.10:80", local: here, port: 80 }, /port/],
  ] as const)("refuses %s", async ([, body, message]) => {
    const { ask } = await door();
    expect(await ask(body)).toEqual({ status: 400, body: { message: expect.stringMatching(message) } });
  });
});
