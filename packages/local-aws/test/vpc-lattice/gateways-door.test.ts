import { connect } from "node:net";
import { text as streamText } from "node:stream/consumers";
import { describe, expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";
import {
  forward,
  group,
  network,
  portOf,
  type Rig,
  service,
  started,
  target,
  vpcId,
} from "./shop-builder.ts";

const json = { "content-type": "application/json" };

async function door() {
  const { aws } = await runningLocalAws({ lattice: { transitionMs: 0 } });
  const ask = async (body: unknown, init: RequestInit = {}) => {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    const answer = await fetch(`${aws.endpoint}/_local/gateways`, {
      ...{ method: "POST", headers: json, body: text },
      ...init,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { aws, ask };
}

describe("POST /_local/gateways", () => {
  test("answers the port at which the VPC's callers reach its services, and the same again", async () => {
    const { aws, ask } = await door();
    aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
    const rig: Rig = {
      lattice: aws.lattice,
      call: (operation, input) => aws.call("vpc-lattice", operation, input),
    };
    const only = await group(rig, "only");
    const { host } = await service(rig, await network(rig), { defaultAction: forward([only, 1]) });
    const server = await target(rig, only, "10.0.0.1", (_, response) => void response.end("here"));
    const { status, body } = await ask({ vpcId });
    expect(status).toBe(200);
    expect(await ask({ vpcId })).toEqual({ status: 200, body: { vpcId, port: body.port } });
    const inZone = await ask({ vpcId, zone: "us-east-1b" });
    expect(inZone.body).toEqual({ vpcId, port: expect.any(Number), zone: "us-east-1b" });
    expect(inZone.body.port).not.toBe(body.port);
    const socket = connect(Number(body.port), "127.0.0.1");
    socket.write(`GET / HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n\r\n`);
    expect(await streamText(socket)).toMatch(/^HTTP\/1\.1 200 .*here/s);
    server.close();
  });

  test("finds the zone of callers by their subnet", async () => {
    const { aws, ask } = await door();
    const subnetId = "subnet-0123456789abcdef0";
    const availabilityZone = "us-east-1c";
    aws.ec2.putSubnet({ subnetId, vpcId, cidrBlock: "10.0.1.0/24", availabilityZone });
    const inZone = await ask({ vpcId, zone: availabilityZone });
    expect(await ask({ vpcId, subnetId })).toEqual(inZone);
    for (const wrong of [
      { vpcId, subnetId: "subnet-1" },
      { vpcId: "vpc-0123456789abcdef9", subnetId },
    ]) {
      const message = `subnetId ${wrong.subnetId} is no subnet of ${wrong.vpcId} that EC2 knows`;
      expect(await ask(wrong)).toEqual({ status: 400, body: { message } });
    }
  });

  test("takes the port that is asked for, and says so where that is taken", async () => {
    const { ask } = await door();
    const server = await started((_, response) => void response.end());
    expect(await ask({ vpcId, port: portOf(server) })).toEqual({
      status: 409,
      body: { message: `port ${portOf(server)} is in use; leave it out for any free one` },
    });
    expect(await ask({ vpcId })).toMatchObject({ status: 200 });
    server.close();
  });

  test.for([
    ["what is not JSON", "{", /object/],
    ["no VPC", {}, /^vpcId/],
    ["what is no VPC", { vpcId: "subnet-1" }, /^vpcId is no id of a VPC$/],
    ["a zone that is none", { vpcId, zone: "here" }, /^zone is no availability zone$/],
    ["a port that is none", { vpcId, port: 65_536 }, /^port/],
    ["a member that it does not know", { vpcId, prot: 80 }, /prot/],
  ] as const)("refuses %s", async ([, body, message]) => {
    const { ask } = await door();
    expect(await ask(body)).toEqual({ status: 400, body: { message: expect.stringMatching(message) } });
  });

  test("is not for pages of a browser, nor for other methods", async () => {
    const { aws, ask } = await door();
    expect((await ask({ vpcId }, { headers: { "content-type": "text/plain" } })).status).toBe(415);
    expect((await fetch(`${aws.endpoint}/_local/gateways`)).status).toBe(405);
  });
});
