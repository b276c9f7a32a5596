import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { type LocalAws, startLocalAws } from "@espalier/local-aws";
import { credentialScope } from "@espalier/signed-fetch";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let aws: LocalAws;
beforeEach(async () => {
  aws = await startLocalAws({ seed: 1 });
  const roleArn = `arn:aws:iam::${aws.account}:role/order`;
  const parameters = `arn:aws:ssm:${aws.region}:${aws.account}:parameter/espalier/test/services`;
  aws.iam.putRole({
    name: "order",
    trust: {
      Statement: {
        Effect: "Allow",
        Principal: { Service: "lambda.amazonaws.com" },
        Action: "sts:AssumeRole",
      },
    },
    policies: {
      urls: {
        Statement: {
          Effect: "Allow",
          Action: "ssm:GetParametersByPath",
          Resource: [parameters, `${parameters}/*`],
        },
      },
    },
  });
  aws.lambda.putFunction({
    name: "order",
    directory: fileURLToPath(new URL("..", import.meta.url)),
    handler: "order/order.handler",
    environment: { SERVICE_URLS_PATH: "/espalier/test/services" },
    roleArn,
    timeoutSeconds: 20,
    memoryMb: 256,
  });
});
afterEach(() => aws.close());

async function orders(): Promise<{ statusCode?: number; body?: string; errorMessage?: string }> {
  const event = {
    version: "2.0",
    method: "POST",
    path: "/orders",
    headers: { "content-type": ["application/json"] },
    body: JSON.stringify({ customer: "ada", item: "trellis", quantity: 1 }),
    isBase64Encoded: false,
    requestContext: {},
  };
  const { Payload } = await aws.call("lambda", "Invoke", {
    FunctionName: "order",
    Payload: Buffer.from(JSON.stringify(event)),
  });
  return JSON.parse(Buffer.from(Payload).toString());
}

describe("the order function", () => {
  test("signs as its role and finds the shop by its parameters, once they are there", async () => {
    expect(await orders()).toMatchObject({
      errorMessage:
        "there is no parameter /espalier/test/services/inventory: apply the shop's topology first",
    });

    const callers = new Set<string | undefined>();
    const server = createServer((request, response) => {
      callers.add(credentialScope(request.headers)?.accessKeyId);
      request.resume().on("end", () => response.end('{"available":5,"price":100,"days":2}'));
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const { port } = server.address() as AddressInfo;
    for (const name of ["inventory", "delivery", "payment"]) {
      const Name = `/espalier/test/services/${name}`;
      await aws.call("ssm", "PutParameter", { Name, Value: `http://127.0.0.1:${port}`, Type: "String" });
    }
    const answer = await orders();
    server.closeAllConnections();
    server.close();

    expect(answer.statusCode).toBe(201);
    expect(JSON.parse(answer.body ?? "")).toMatchObject({ item: "trellis", amount: 100, days: 2 });
    const [caller] = [...callers].map((id) => aws.iam.callerOf(id ?? "")?.caller);
    expect([...callers]).toHaveLength(1);
    expect(caller).toMatchObject({ roleArn: `arn:aws:iam::${aws.account}:role/order` });
  });
});
