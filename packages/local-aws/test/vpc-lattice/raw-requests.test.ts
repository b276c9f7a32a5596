import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import type { LocalAws } from "../../src/index.ts";
import { runningLocalAws } from "../running-local-aws.ts";

interface Sent {
  readonly body?: string;
  readonly region?: string;
  readonly accessKeyId?: string;
}

/** A request signed by hand as the specification says, for clients in other languages need not do as JavaScript's does. */
async function send(aws: LocalAws, method: string, path: string, { body = "", ...scope }: Sent = {}) {
  const { region = aws.region, accessKeyId = aws.credentials.accessKeyId } = scope;
  const amzDate = new Date().toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const day = amzDate.slice(0, 8);
  const host = new URL(aws.endpoint).host;
  const [pathname = "", query = ""] = path.split("?");
  const canonical = [
    method,
    // Every service but S3 encodes the path that is sent once more.
    pathname.split("/").map(encodeURIComponent).join("/"),
    query,
    `host:${host}`,
    `x-amz-date:${amzDate}`,
    "",
    "host;x-amz-date",
    sha256(body),
  ].join("\n");
  const where = `${day}/${region}/vpc-lattice/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", amzDate, where, sha256(canonical)].join("\n");
  const key = [day, region, "vpc-lattice", "aws4_request"].reduce<string | Buffer>(
    hmac,
    `AWS4${aws.credentials.secretAccessKey}`,
  );
  const signature = Buffer.from(hmac(key, text)).toString("hex");
  const authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${where}, SignedHeaders=host;x-amz-date, Signature=${signature}`;
  const answer = await fetch(aws.endpoint + path, {
    method,
    headers: { "x-amz-date": amzDate, authorization },
    ...(body !== "" && { body }),
  });
  const answered = await answer.text();
  return {
    status: answer.status,
    type: answer.headers.get("x-amzn-errortype"),
    body: answered === "" ? {} : JSON.parse(answered),
  };
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();
/** With the lower-case escapes that some languages write. */
const lowerCase = (text: string) =>
  encodeURIComponent(text).replaceAll(/%[0-9A-F]{2}/g, (code) => code.toLowerCase());

describe("A request that no SDK of ours made", () => {
  test.for([
    ["upper-case escapes", encodeURIComponent],
    ["lower-case escapes", lowerCase],
    ["only its slashes escaped", (arn: string) => arn.replaceAll("/", "%2F")],
  ] as const)("names a resource in its path by an ARN with %s", async ([, encoded]) => {
    const { aws } = await runningLocalAws();
    const made = await send(aws, "POST", "/services", {
      body: JSON.stringify({ name: "inventory", tags: { team: "a" } }),
    });
    expect(made.status).toBe(201);
    const { arn, id } = made.body;
    expect((await send(aws, "GET", `/services/${encoded(arn)}`)).body).toMatchObject({ id, arn });
    expect((await send(aws, "GET", `/tags/${encoded(arn)}`)).body).toEqual({ tags: { team: "a" } });
    expect((await send(aws, "DELETE", `/tags/${encoded(arn)}?tagKeys=team`)).status).toBe(200);
    expect((await send(aws, "GET", `/tags/${encoded(arn)}`)).body).toEqual({ tags: {} });
  });

  test("omits what was not set, and tells times as ISO 8601 with milliseconds", async () => {
    const { aws, clock } = await runningLocalAws();
    await clock.advance(339);
    const made = await send(aws, "POST", "/services", { body: `{"name":"inventory"}` });
    const { body } = await send(aws, "GET", `/services/${made.body.id}`);
    expect(Object.keys(body).toSorted()).toEqual([
      "arn",
      "authType",
      "createdAt",
      "dnsEntry",
      "id",
      "idleTimeoutSeconds",
      "lastUpdatedAt",
      "name",
      "status",
    ]);
    expect(body.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.339Z$/);
  });

  test("goes to the region that it is signed for", async () => {
    const { aws } = await runningLocalAws();
    const { body } = await send(aws, "POST", "/servicenetworks", {
      body: `{"name":"shop"}`,
      region: "ap-southeast-2",
    });
    expect(body.arn).toContain("arn:aws:vpc-lattice:ap-southeast-2:123456789012:servicenetwork/sn-");
    expect((await send(aws, "GET", "/servicenetworks")).body.items).toEqual([]);
  });

  test("with an unknown key is refused with 403", async () => {
    const { aws } = await runningLocalAws();
    expect(await send(aws, "GET", "/services", { accessKeyId: "AKIASTRANGER" })).toMatchObject({
      status: 403,
      type: "UnrecognizedClientException",
    });
  });

  test("hears of every field that is wrong, missing ones included", async () => {
    const { aws } = await runningLocalAws();
    const { status, type, body } = await send(aws, "POST", "/services", {
      body: JSON.stringify({ authType: "SOME", idleTimeoutSeconds: "60", tags: { a: 1 } }),
    });
    expect({ status, type, reason: body.reason }).toEqual({
      status: 400,
      type: "ValidationException",
      reason: "fieldValidationFailed",
    });
    expect(body.fieldList.map(({ name }: { name: string }) => name)).toEqual([
      "name",
      "authType",
      "idleTimeoutSeconds",
      "tags.a",
    ]);
    expect(body.fieldList[0].message).toBe("Member must not be null");
  });
});
