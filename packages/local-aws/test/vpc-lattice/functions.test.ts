import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { AwsError } from "../../src/aws-error.ts";
import { type LatticeRig, latticeRig, type StandIn } from "./lattice-rig.ts";
import { forward, network, type ShopService, send, service, vpcId } from "./shop-builder.ts";
import { signedSend } from "./signed-send.ts";

const functionArn = "arn:aws:lambda:us-east-1:123456789012:function:order";

interface Invoked {
  readonly FunctionName: string;
  readonly Payload: Uint8Array;
}

describe("A function behind Lattice", () => {
  let rig: LatticeRig;
  let shop: ShopService;
  let groupArn: string;
  let groupId: string;
  const granted: { readonly caller: string; readonly input: unknown }[] = [];

  /** A service whose only target is a function that does `invoke`. */
  const shopOf = async (invoke: (event: never) => unknown, config: object = {}, lambda: StandIn = {}) => {
    granted.length = 0;
    rig = latticeRig(
      {},
      {
        lambda: {
          GetFunction: () => ({}),
          GetPolicy: () => {
            throw new AwsError("ResourceNotFoundException", "no policy", 404);
          },
          AddPermission: (input: never, caller) => void granted.push({ caller: caller.arn, input }),
          Invoke: ({ Payload }: Invoked) => invoke(JSON.parse(Buffer.from(Payload).toString()) as never),
          ...lambda,
        },
      },
    );
    const created = await rig.call("CreateTargetGroup", { name: "order", type: "LAMBDA", config });
    ({ id: groupId, arn: groupArn } = created);
    shop = await service(rig, await network(rig), { name: "order", defaultAction: forward([groupId, 1]) });
    return rig.call("RegisterTargets", { targetGroupIdentifier: groupId, targets: [{ id: functionArn }] });
  };
  const answering = (answer: unknown) => () => ({
    StatusCode: 200,
    Payload: Buffer.from(JSON.stringify(answer)),
  });
  /** Answers with the event it was given. */
  const echo = (event: never) => answering({ statusCode: 200, body: JSON.stringify(event) })();
  afterEach(() => rig.close());

  test("is given the event of version 2.0", async () => {
    await shopOf(echo, { lambdaEventStructureVersion: "V2" });
    const { body } = await send(rig, shop.host, "/orders?sku=1&sku=2", {
      method: "POST",
      headers: { "content-type": "application/json", "x-list": ["a", "b"] },
      body: '{"quantity":1}',
    });
    expect(JSON.parse(body)).toEqual({
      version: "2.0",
      path: "/orders?sku=1&sku=2",
      method: "POST",
      headers: expect.objectContaining({
        host: [shop.host],
        "x-list": ["a", "b"],
        "x-forwarded-for": ["127.0.0.1"],
      }),
      queryStringParameters: { sku: ["1", "2"] },
      body: '{"quantity":1}',
      requestContext: {
        serviceNetworkArn: `arn:aws:vpc-lattice:us-east-1:123456789012:servicenetwork/${shop.networkId}`,
        serviceArn: shop.arn,
        targetGroupArn: groupArn,
        identity: { sourceVpcArn: `arn:aws:ec2:us-east-1:123456789012:vpc/${vpcId}` },
        region: "us-east-1",
        timeEpoch: String(rig.clock.now() * 1000),
      },
    });
  });

  test("is given a query of as many parameters as fit in a request, without much ado", async () => {
    await shopOf(echo, { lambdaEventStructureVersion: "V2" });
    const began = performance.now();
    const { body } = await send(rig, shop.host, `/?${"a&".repeat(25_000)}a=last`);
    expect(JSON.parse(body).queryStringParameters.a).toHaveLength(25_001);
    // Copied at each parameter, the list of values takes ten seconds.
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test("is told who signed", async () => {
    await shopOf(echo, { lambdaEventStructureVersion: "V2" });
    const { body } = await signedSend(rig, rig.role("web"), `http://${shop.host}/`);
    expect(JSON.parse(body).requestContext.identity).toMatchObject({
      type: "AWS_IAM",
      principal: "arn:aws:sts::123456789012:assumed-role/web/session",
      sessionName: "session",
    });
  });

  test("is given the event of version 1.0 unless its group says otherwise", async () => {
    await shopOf(echo);
    const { body } = await send(rig, shop.host, "/a?b=1&b=2", { headers: { "x-list": ["a", "b"] } });
    expect(JSON.parse(body)).toMatchObject({
      raw_path: "/a?b=1&b=2",
      method: "GET",
      headers: { "x-list": "a, b" },
      query_string_parameters: { b: "2" },
      is_base64_encoded: false,
    });
  });

  test("is given what is not text in base64", async () => {
    await shopOf(echo, { lambdaEventStructureVersion: "V2" });
    const { body } = await send(rig, shop.host, "/", {
      method: "POST",
      headers: { "content-type": "image/png" },
      body: "not really",
    });
    expect(JSON.parse(body)).toMatchObject({
      body: Buffer.from("not really").toString("base64"),
      isBase64Encoded: true,
    });
  });

  test("answers with a status, headers of several values and a body in base64", async () => {
    await shopOf(
      answering({
        statusCode: 201,
        isBase64Encoded: true,
        headers: { "content-type": "text/x", "set-cookie": ["a=1", "b=2"], "transfer-encoding": "chunked" },
        body: Buffer.from("bytes").toString("base64"),
      }),
    );
    const { status, headers, body } = await send(rig, shop.host, "/");
    expect({ status, body }).toEqual({ status: 201, body: "bytes" });
    expect(headers).toMatchObject({ "set-cookie": ["a=1", "b=2"], "content-length": "5" });
  });

  test.for([
    ["no JSON", () => ({ Payload: Buffer.from("oops") })],
    ["no status", answering({ body: "oops" })],
    ["a status out of range", answering({ statusCode: 99 })],
    ["a header that splits the answer", answering({ statusCode: 200, headers: { a: "b\r\nc: d" } })],
    ["an error", () => ({ FunctionError: "Unhandled", Payload: Buffer.from('{"statusCode":200}') })],
    ["more than 6 MB", answering({ statusCode: 200, body: "a".repeat(6 * 1024 * 1024) })],
    ["nothing", () => ({})],
  ] as const)("that answers %s makes a 502", async ([, invoke]) => {
    await shopOf(invoke);
    expect((await send(rig, shop.host, "/")).status).toBe(502);
  });

  test("that cannot be invoked makes a 500", async () => {
    await shopOf(() => {
      throw new AwsError("TooManyRequestsException", "Rate Exceeded.", 429);
    });
    expect((await send(rig, shop.host, "/")).status).toBe(500);
  });

  test("makes a fault of ours a 500 that is reported, a caller that goes away neither", async () => {
    const fault = new TypeError("not an answer of AWS");
    await shopOf(() => {
      throw fault;
    });
    expect((await send(rig, shop.host, "/")).status).toBe(500);
    expect(rig.faults).toEqual([fault]);
    const socket = connect(await rig.lattice.gateway(vpcId), "127.0.0.1");
    socket.write(`POST / HTTP/1.1\r\nhost: ${shop.host}\r\ncontent-length: 9\r\n\r\nsome`);
    socket.destroySoon();
    await once(socket, "close");
    await rig.clock.advance(0);
    expect(rig.faults).toEqual([fault]);
  });

  test("is not given more than 6 MB", async () => {
    await shopOf(answering({ statusCode: 200 }));
    const body = "a".repeat(6 * 1024 * 1024 + 1);
    expect((await send(rig, shop.host, "/", { method: "POST", body })).status).toBe(413);
  });

  test("may be invoked once it is registered, by a permission that the caller gives", async () => {
    await shopOf(echo);
    expect(granted).toEqual([
      {
        caller: "arn:aws:iam::123456789012:root",
        input: expect.objectContaining({ Principal: "vpc-lattice.amazonaws.com", SourceArn: groupArn }),
      },
    ]);
  });

  test("is not given a permission that it has", async () => {
    const Statement = [
      {
        Effect: "Allow",
        Principal: { Service: "vpc-lattice.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        Resource: functionArn,
      },
    ];
    const policy = { Version: "2012-10-17", Statement };
    await shopOf(echo, {}, { GetPolicy: () => ({ Policy: JSON.stringify(policy) }) });
    expect(granted).toEqual([]);
  });

  test("is refused as a target where it does not exist", async () => {
    const missing = () => {
      throw new AwsError("ResourceNotFoundException", "Function not found", 404);
    };
    expect(await shopOf(echo, {}, { GetFunction: missing })).toMatchObject({
      successful: [],
      unsuccessful: [{ id: functionArn, failureCode: "UnsupportedTarget" }],
    });
  });

  test("is the only target of its group", async () => {
    await shopOf(echo);
    const second = { targetGroupIdentifier: groupId, targets: [{ id: `${functionArn}-2` }] };
    await expect(rig.call("RegisterTargets", second)).rejects.toMatchObject({
      code: "ServiceQuotaExceededException",
      status: 402,
    });
  });
});
