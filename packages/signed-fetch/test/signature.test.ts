import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { SignatureV4 } from "@smithy/signature-v4";
import { SignatureV4a } from "@smithy/signature-v4a";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type CheckedRequest,
  checkSignature,
  credentialScope,
  hasRegion,
  signedFetch,
  UNSIGNED_PAYLOAD,
} from "../src/index.ts";
import { Sha256 } from "../src/sha256.ts";

const now = new Date("2026-11-22T21:15:00Z");
const credentials = {
  accessKeyId: "ASIAEXAMPLE",
  secretAccessKey: "secret",
  sessionToken: "token/with+signs=",
};
const known = { secretOf: (id: string) => (id === credentials.accessKeyId ? credentials : undefined), now };

const server = createServer();
let origin = "";
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

describe("a request of signedFetch", () => {
  test("is accepted as it arrives, body and headers and query included", async () => {
    const { request, body } = await sent("/stock/a%20b?item=x%2By&item=a&empty=&plus=1+1", {
      method: "POST",
      body: "{}",
      headers: { "content-type": "application/json", "x-order": "7" },
    });
    expect(body).toBe("{}");
    expect(request.headers["x-amz-content-sha256"]).toBe(UNSIGNED_PAYLOAD);
    expect(credentialScope(request.headers)).toEqual({
      accessKeyId: "ASIAEXAMPLE",
      date: "20261122",
      region: "us-east-1",
      service: "vpc-lattice-svcs",
    });
    expect(await checkSignature(request, known)).toEqual({
      ok: true,
      accessKeyId: "ASIAEXAMPLE",
      region: "us-east-1",
      service: "vpc-lattice-svcs",
    });
  });

  test.for<[what: string, change: (request: CheckedRequest) => Partial<CheckedRequest>]>([
    ["method", () => ({ method: "DELETE" })],
    ["path", () => ({ path: "/delivery?item=1" })],
    ["query", () => ({ path: "/stock?item=2" })],
    ["query by a further parameter", ({ path }) => ({ path: `${path}&more=1` })],
    ["query by a parameter that objects hide", ({ path }) => ({ path: `${path}&__proto__=1` })],
    ["query by an escape that is none", ({ path }) => ({ path: `${path}&bad=%zz` })],
    ["signed header", ({ headers }) => ({ headers: { ...headers, "x-order": "8" } })],
    ["host", ({ headers }) => ({ headers: { ...headers, host: "elsewhere" } })],
    ["date", ({ headers }) => ({ headers: { ...headers, "x-amz-date": "20261122T211501Z" } })],
    ["session token", ({ headers }) => ({ headers: { ...headers, "x-amz-security-token": "other" } })],
    [
      "session token by leaving it out",
      ({ headers }) => ({ headers: without(headers, "x-amz-security-token") }),
    ],
    [
      "payload's claim",
      ({ headers }) => ({ headers: { ...headers, "x-amz-content-sha256": "0".repeat(64) } }),
    ],
    ["signature", ({ headers }) => ({ headers: { ...headers, authorization: `${headers.authorization}0` } })],
    ["scope", (request) => authorization(request, (text) => text.replace("us-east-1", "eu-west-1"))],
    [
      "day of the scope",
      (request) => authorization(request, (text) => text.replace("/20261122/", "/20261121/")),
    ],
    ["access key", (request) => authorization(request, (text) => text.replace("ASIAEXAMPLE", "AKIAOTHER"))],
    ["list of signed headers", (request) => authorization(request, (text) => text.replace("host;", ""))],
    [
      "algorithm",
      (request) => authorization(request, (text) => text.replace("AWS4-HMAC", "AWS4-ECDSA-P256")),
    ],
  ])("is refused with another %s", async ([, change]) => {
    const { request } = await sent("/stock?item=1", { headers: { "x-order": "7" } });
    expect(await checkSignature(request, known)).toMatchObject({ ok: true });
    expect(await checkSignature({ ...request, ...change(request) }, known)).toMatchObject({ ok: false });
  });

  test("may gain headers that were not signed", async () => {
    const { request } = await sent("/stock", {});
    const headers = { ...request.headers, "x-forwarded-for": "10.0.0.1" };
    expect(await checkSignature({ ...request, headers }, known)).toMatchObject({ ok: true });
  });

  test("is good for five minutes either way", async () => {
    const { request } = await sent("/stock", {});
    const after = (seconds: number) =>
      checkSignature(request, { ...known, now: new Date(now.getTime() + seconds * 1000) });
    expect(await after(300)).toMatchObject({ ok: true });
    expect(await after(-300)).toMatchObject({ ok: true });
    expect(await after(301)).toEqual({
      ok: false,
      code: "InvalidSignatureException",
      message: "Signature expired: 20261122T211500Z is now earlier than 20261122T211501Z",
    });
    expect(await after(-301)).toMatchObject({
      message: expect.stringContaining("Signature not yet current"),
    });
  });

  test("is refused at once, however many parameters its query has", () => {
    const path = `/stock?${"a&".repeat(29_000)}`;
    const headers = { authorization: "AWS4-HMAC-SHA256 nonsense" };
    const began = performance.now();
    expect(checkSignature({ ...plain, path, headers }, known).ok).toBe(false);
    // Copied at each parameter, the list of values takes ten seconds.
    expect(performance.now() - began).toBeLessThan(2000);
  });

  test.for(["constructor", "__proto__", "tostring"])(
    "may name the header %s, which it does not have",
    async (name) => {
      const { request } = await sent("/stock", {});
      const change = authorization(request, (text) =>
        text.replace("SignedHeaders=", `SignedHeaders=${name};`),
      );
      expect(checkSignature({ ...request, ...change }, known)).toMatchObject({
        ok: false,
        code: "InvalidSignatureException",
      });
    },
  );

  test("is refused with Lattice's own code where it carries no signature", async () => {
    expect(await checkSignature({ ...plain, headers: { host: "a" } }, known)).toEqual({
      ok: false,
      code: "MissingAuthenticationTokenException",
      message: "Missing Authentication Token",
    });
  });
});

describe("a signature that covers the body", () => {
  const body = '{"weight":10}';
  const hash = createHash("sha256").update(body).digest("hex");

  test.for([true, false])("is checked against it, the hash sent along: %s", async (applyChecksum) => {
    const signer = new SignatureV4({
      service: "states",
      region: "r",
      credentials,
      sha256: Sha256,
      applyChecksum,
    });
    const { headers } = await signer.sign(
      { method: "POST", protocol: "http:", hostname: "h", path: "/", headers: { host: "h" }, body },
      { signingDate: now },
    );
    const request = { method: "POST", path: "/", headers, payloadHash: hash };
    expect(await checkSignature(request, known)).toMatchObject({ ok: true, service: "states" });
    const tampered = createHash("sha256").update('{"weight":99}').digest("hex");
    expect(await checkSignature({ ...request, payloadHash: tampered }, known)).toMatchObject({ ok: false });
    expect(await checkSignature({ ...request, payloadHash: UNSIGNED_PAYLOAD }, known)).toMatchObject({
      ok: false,
    });
  });
});

describe("AWS's own example of a signed request", () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/signing-elements.html as it stood for IAM's ListUsers
  const request: CheckedRequest = {
    method: "GET",
    path: "/?Action=ListUsers&Version=2010-05-08",
    headers: {
      Host: "iam.amazonaws.com",
      "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
      "X-Amz-Date": "20150830T123600Z",
      Authorization:
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7",
    },
    payloadHash: createHash("sha256").digest("hex"),
  };
  const secretOf = () => ({ secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY" });

  test("is accepted, and another secret is not", async () => {
    const at = { now: new Date("2015-08-30T12:36:00Z") };
    expect(await checkSignature(request, { ...at, secretOf })).toMatchObject({ ok: true, service: "iam" });
    const other = { ...at, secretOf: () => ({ secretAccessKey: "other" }) };
    expect(await checkSignature(request, other)).toMatchObject({ ok: false });
  });
});

describe("a presigned request", () => {
  test("is accepted until it expires, and no longer when it is changed", async () => {
    const request = await presigned("vpc-lattice-svcs");
    const check = (change: Partial<CheckedRequest>, seconds = 0) =>
      checkSignature({ ...request, ...change }, { ...known, now: new Date(now.getTime() + seconds * 1000) });
    expect(credentialScope(request.headers, request.path)).toMatchObject({ service: "vpc-lattice-svcs" });
    expect(await check({})).toMatchObject({ ok: true });
    expect(await check({}, 600)).toMatchObject({ ok: true });
    expect(await check({}, 601)).toMatchObject({ message: expect.stringContaining("Signature expired") });
    expect(await check({ path: request.path.replace("item=1", "item=2") })).toMatchObject({ ok: false });
    expect(await check({ path: request.path.replace("Expires=600", "Expires=900") })).toMatchObject({
      ok: false,
    });
    expect(await check({ path: request.path.replace("Expires=600", "Expires=-1") })).toMatchObject({
      ok: false,
    });
    expect(await check({ method: "PUT" })).toMatchObject({ ok: false });
    expect(await check({ headers: { host: "other" } })).toMatchObject({ ok: false });
  });
});

describe("a signature of Version 4A", () => {
  test("is accepted from the secret's owner, and nobody else", async () => {
    // One key in sixteen begins with a zero.
    for (let index = 0; index < 40; index += 1) {
      const secretAccessKey = `secret-${index}`;
      const request = await wide({ ...credentials, secretAccessKey });
      const check = (secret: string, change: Partial<CheckedRequest> = {}) =>
        checkSignature(
          { ...request, ...change },
          { now, secretOf: () => ({ ...credentials, secretAccessKey: secret }) },
        );
      expect(check(secretAccessKey)).toMatchObject({ ok: true, region: "us-east-1,eu-*", service: "svc" });
      expect(check("another")).toMatchObject({ code: "InvalidSignatureException" });
      expect(check(secretAccessKey, { path: "/stock?item=2" })).toMatchObject({ ok: false });
      expect(check(secretAccessKey, { method: "PUT" })).toMatchObject({ ok: false });
    }
  });

  test("is good for the regions that it was made for", async () => {
    const request = await wide(credentials);
    const headers = { ...request.headers, "x-amz-region-set": "*" };
    expect(checkSignature({ ...request, headers }, known)).toMatchObject({ ok: false });
    for (const name of ["us-east-1", "eu-west-1"]) expect(hasRegion("us-east-1,eu-*", name)).toBe(true);
    for (const name of ["us-east-2", "eu", "x-us-east-1"])
      expect(hasRegion("us-east-1, eu-*", name)).toBe(false);
    expect(hasRegion("*", "us-east-1")).toBe(true);
  });

  test.for<[what: string, change: (headers: Record<string, string>) => void, message: string]>([
    ["without regions", (headers) => delete headers["x-amz-region-set"], "X-Amz-Region-Set"],
    [
      "that does not cover them",
      (headers) => {
        headers.authorization = (headers.authorization ?? "").replace("x-amz-region-set", "x-a");
      },
      "'X-Amz-Region-Set' must be a 'SignedHeader'",
    ],
    [
      "with a region in its scope",
      (headers) => {
        headers.authorization = (headers.authorization ?? "").replace("/svc/", "/us-east-1/svc/");
      },
      "exactly 4 slash-delimited elements",
    ],
    [
      "that is no signature",
      (headers) => {
        headers.authorization = (headers.authorization ?? "").replace(/Signature=.*/, "Signature=zz");
      },
      "does not match",
    ],
  ])("%s is refused", async ([, change, message]) => {
    const request = await wide(credentials);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([k, v]) => [k, String(v)]));
    change(headers);
    expect(checkSignature({ ...request, headers }, known)).toMatchObject({
      ok: false,
      message: expect.stringContaining(message),
    });
  });
});

/** As the SDK's own signer signs it. */
async function wide(by: typeof credentials): Promise<CheckedRequest> {
  const region = "us-east-1,eu-*";
  const signer = new SignatureV4a({ service: "svc", region, credentials: by, sha256: Sha256 });
  const { headers } = await signer.sign(
    {
      method: "GET",
      protocol: "http:",
      hostname: "h",
      path: "/stock",
      query: { item: "1" },
      headers: { host: "h", "x-amz-content-sha256": UNSIGNED_PAYLOAD },
    },
    { signingDate: now },
  );
  return { ...plain, path: "/stock?item=1", headers };
}

const plain: CheckedRequest = { method: "GET", path: "/stock", headers: {}, payloadHash: UNSIGNED_PAYLOAD };

async function sent(path: string, init: RequestInit): Promise<{ request: CheckedRequest; body: string }> {
  const arrived = new Promise<{ request: CheckedRequest; body: string }>((resolve) => {
    server.once("request", (message: IncomingMessage, response) => {
      const chunks: Buffer[] = [];
      message.on("data", (chunk: Buffer) => chunks.push(chunk));
      message.on("end", () => {
        response.end();
        const { method = "", url = "", headers } = message;
        resolve({
          request: { method, path: url, headers, payloadHash: UNSIGNED_PAYLOAD },
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
  });
  const response = await signedFetch({ credentials, region: "us-east-1", now: () => now })(
    origin + path,
    init,
  );
  await response.text();
  return arrived;
}

async function presigned(service: string): Promise<CheckedRequest> {
  const signer = new SignatureV4({ service, region: "r", credentials, sha256: Sha256, applyChecksum: false });
  const { query = {} } = await signer.presign(
    {
      method: "GET",
      protocol: "http:",
      hostname: "h",
      path: "/stock",
      query: { item: "1" },
      headers: { host: "h", "x-amz-content-sha256": UNSIGNED_PAYLOAD },
    },
    { signingDate: now, expiresIn: 600 },
  );
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return { ...plain, path: `/stock?${pairs.join("&")}`, headers: { host: "h" } };
}

function without(headers: CheckedRequest["headers"], name: string) {
  return Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name));
}

function authorization({ headers }: CheckedRequest, change: (text: string) => string) {
  return { headers: { ...headers, authorization: change(String(headers.authorization)) } };
}
