import type { Server } from "node:http";
import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4a } from "@smithy/signature-v4a";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LatticeRig, latticeRig, statement } from "./lattice-rig.ts";
import { forward, group, network, type ShopService, send, service, target } from "./shop-builder.ts";
import { signedSend } from "./signed-send.ts";

const anything = { Action: "vpc-lattice-svcs:Invoke", Resource: "*" };

describe("A guarded network", () => {
  let rig: LatticeRig;
  let shop: ShopService;
  let server: Server;

  const put = (resourceIdentifier: string, ...statements: object[]) =>
    rig.call("PutAuthPolicy", { resourceIdentifier, policy: JSON.stringify(statement(...statements)) });
  /** The launch post's policy: order's role may GET exactly /stock. */
  const orderMayGetStock = () =>
    put(shop.networkId, {
      Principal: { AWS: "arn:aws:iam::123456789012:role/order" },
      Action: "vpc-lattice-svcs:Invoke",
      Resource: `${shop.arn}/stock`,
      Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
    });
  const denied = (user: string, path: string, why: string) =>
    `AccessDeniedException: User: ${user} is not authorized to perform: vpc-lattice-svcs:Invoke on resource: ${shop.arn}${path} ${why}`;
  const unless = (kind: string) => `because no ${kind} policy allows the vpc-lattice-svcs:Invoke action`;

  beforeEach(async () => {
    rig = latticeRig();
    const only = await group(rig, "only");
    shop = await service(rig, await network(rig, { authType: "AWS_IAM" }), {
      defaultAction: forward([only, 1]),
    });
    server = await target(rig, only, "10.0.0.1", (request, response) => {
      response.end(JSON.stringify(request.headers));
    });
  });
  afterEach(async () => {
    await rig.close();
    server.close();
  });

  test("denies everything while it has no policy", async () => {
    const answer = await send(rig, shop.host, "/stock");
    expect(answer.status).toBe(403);
    expect(answer.headers["content-type"]).toBe("text/plain");
    expect(answer.body).toBe(denied("anonymous", "/stock", unless("network-based")));
  });

  test("judges a query of as many parameters as fit in a request, without much ado", async () => {
    const Condition = { "ForAnyValue:StringEquals": { "vpc-lattice-svcs:RequestQueryString/a": "last" } };
    await put(shop.networkId, { ...anything, Principal: "*", Condition });
    const many = (times: number, last: string) => `/stock?${"a&".repeat(times)}a=${last}`;
    expect((await send(rig, shop.host, many(5000, "last"))).status).toBe(200);
    const began = performance.now();
    expect((await send(rig, shop.host, many(25_000, "other"))).status).toBe(403);
    // Copied at each parameter, the list of values takes ten seconds.
    expect(performance.now() - began).toBeLessThan(3000);
  });

  test("lets the signed caller that its policy names through, and says who it is", async () => {
    await orderMayGetStock();
    const order = rig.role("order", anything);
    const { status, body } = await signedSend(rig, order, `http://${shop.host}/stock?sku=1`);
    expect(status).toBe(200);
    expect(JSON.parse(body)["x-amzn-lattice-identity"]).toBe(
      "Principal=arn:aws:sts::123456789012:assumed-role/order/session; SessionName=session; Type=AWS_IAM",
    );
  });

  test("refuses an unsigned call, another role, another method and another path in Lattice's words", async () => {
    await orderMayGetStock();
    const order = rig.role("order", anything);
    const other = rig.role("other", anything);
    const network = unless("network-based");
    const url = `http://${shop.host}`;
    expect(await send(rig, shop.host, "/stock?sku=1")).toMatchObject({
      status: 403,
      body: denied("anonymous", "/stock", network),
    });
    expect(await signedSend(rig, other, `${url}/stock`)).toMatchObject({
      status: 403,
      body: denied("arn:aws:sts::123456789012:assumed-role/other/session", "/stock", network),
    });
    expect(await signedSend(rig, order, `${url}/stock`, { method: "POST", body: "{}" })).toMatchObject({
      status: 403,
      body: denied("arn:aws:sts::123456789012:assumed-role/order/session", "/stock", network),
    });
    expect((await signedSend(rig, order, `${url}/stock/1`)).status).toBe(403);
  });

  test("refuses a caller whose own policies do not allow it", async () => {
    await orderMayGetStock();
    const order = rig.role("order", { Action: "s3:*", Resource: "*" });
    const user = "arn:aws:sts::123456789012:assumed-role/order/session";
    expect(await signedSend(rig, order, `http://${shop.host}/stock`)).toMatchObject({
      status: 403,
      body: denied(user, "/stock", unless("identity-based")),
    });
  });

  test("refuses where the service's own policy does not allow, or denies", async () => {
    await orderMayGetStock();
    await rig.call("UpdateService", { serviceIdentifier: shop.id, authType: "AWS_IAM" });
    const order = rig.role("order", anything);
    const user = "arn:aws:sts::123456789012:assumed-role/order/session";
    const url = `http://${shop.host}/stock`;
    expect((await signedSend(rig, order, url)).body).toBe(denied(user, "/stock", unless("service-based")));
    await put(shop.id, { Principal: "*", ...anything });
    expect((await signedSend(rig, order, url)).status).toBe(200);
    await put(shop.id, { Principal: "*", ...anything }, { Effect: "Deny", Principal: "*", ...anything });
    expect((await signedSend(rig, order, url)).body).toBe(
      denied(user, "/stock", "with an explicit deny in a service-based policy"),
    );
  });

  test.for([
    [
      "signature",
      (headers: Record<string, string>) => {
        headers.authorization = (headers.authorization ?? "").replace(/.$/, (last) =>
          last === "0" ? "1" : "0",
        );
      },
    ],
    [
      "signed header",
      (headers: Record<string, string>) => {
        headers["x-amz-content-sha256"] = "0".repeat(64);
      },
    ],
    [
      "session token",
      (headers: Record<string, string>) => {
        headers["x-amz-security-token"] = "another";
      },
    ],
    [
      "access key",
      (headers: Record<string, string>) => {
        headers.authorization = (headers.authorization ?? "").replace("ASIA", "ASIX");
      },
    ],
  ] as const)("refuses a tampered %s, even where anonymous callers may pass", async ([, tamper]) => {
    await put(shop.networkId, { Principal: "*", ...anything });
    const order = rig.role("order", anything);
    const url = `http://${shop.host}/stock`;
    expect((await send(rig, shop.host, "/stock")).status).toBe(200);
    expect((await signedSend(rig, order, url)).status).toBe(200);
    expect((await signedSend(rig, order, url, { tamper })).status).toBe(403);
  });

  test("knows the organisation that it is told of, of callers that sign", async () => {
    const inOrganisation = latticeRig({ organization: "o-50dc6c495c" });
    const networkId = await network(inOrganisation, { authType: "AWS_IAM" });
    const groupId = await group(inOrganisation, "echo");
    const echo = await target(inOrganisation, groupId, "10.0.0.9", ({ headers }, response) => {
      response.end(headers["x-amzn-lattice-identity"]);
    });
    const { host } = await service(inOrganisation, networkId, { defaultAction: forward([groupId, 1]) });
    const Condition = { StringEquals: { "aws:PrincipalOrgID": "o-50dc6c495c" } };
    await inOrganisation.call("PutAuthPolicy", {
      resourceIdentifier: networkId,
      policy: JSON.stringify(statement({ Principal: "*", ...anything, Condition })),
    });
    const caller = inOrganisation.role("order", anything);
    const { status, body } = await signedSend(inOrganisation, caller, `http://${host}/`);
    expect(status).toBe(200);
    expect(body).toContain("; PrincipalOrgID=o-50dc6c495c; ");
    expect((await send(inOrganisation, host, "/")).status).toBe(403);
    echo.close();
    await inOrganisation.close();
  });

  test("knows a caller by the tags of its role and its session, and tells the target", async () => {
    const Condition = {
      StringEquals: { "aws:PrincipalTag/Team": "orders", "aws:PrincipalTag/stage": "dev" },
    };
    await put(shop.networkId, { ...anything, Principal: "*", Condition });
    const session = rig.role("order", anything);
    const order = rig.iam.role("order");
    if (order === undefined || session.type !== "role") throw new Error("no role");
    rig.iam.putRole({ ...order, tags: { team: "orders", stage: "prod" } });
    const url = `http://${shop.host}/`;
    expect((await signedSend(rig, session, url)).status).toBe(403);
    const inDev = { ...session, arn: `${session.arn}-dev`, sessionTags: { Stage: "dev", name: "Jürgen" } };
    const { status, body } = await signedSend(rig, inDev, url);
    expect(status).toBe(200);
    expect(Buffer.from(JSON.parse(body)["x-amzn-lattice-identity-tags"], "latin1").toString()).toBe(
      `principal=${inDev.arn};team=orders;Stage=dev;name=Jürgen`,
    );
    rig.iam.putRole({ ...order, tags: {} });
    expect((await signedSend(rig, inDev, url)).status).toBe(403);
    expect((await send(rig, shop.host, "/")).status).toBe(403);
  });

  test.for([
    ["*", 200],
    ["eu-west-1,us-east-*", 200],
    ["eu-*", 403],
  ] as const)("answers who signs with Version 4A for the regions %s with %d", async ([region, status]) => {
    await orderMayGetStock();
    const caller = rig.role("order", anything);
    const signer = new SignatureV4a({
      service: "vpc-lattice-svcs",
      region,
      credentials: rig.iam.credentialsOf(caller),
      sha256: Sha256,
    });
    const signed = await signer.sign(
      {
        method: "GET",
        protocol: "http:",
        hostname: shop.host,
        path: "/stock",
        headers: { host: shop.host, "x-amz-content-sha256": "UNSIGNED-PAYLOAD" },
      },
      {},
    );
    const { host: _, ...headers } = signed.headers;
    expect((await send(rig, shop.host, "/stock", { headers })).status).toBe(status);
    const another = { ...headers, "x-amz-date": headers["x-amz-date"].replace(/.Z$/, "?Z") };
    expect((await send(rig, shop.host, "/stock", { headers: another })).status).toBe(403);
  });

  test("refuses a signature for another region", async () => {
    await put(shop.networkId, { Principal: "*", ...anything });
    const url = `http://${shop.host}/stock`;
    const { status, body } = await signedSend(rig, rig.role("order", anything), url, { region: "eu-west-1" });
    expect(status).toBe(403);
    expect(body).toContain("not 'eu-west-1'");
  });

  test("knows the time on AWS's clock, and whether the connection is encrypted", async () => {
    const now = rig.clock.now();
    await put(shop.networkId, {
      Principal: "*",
      ...anything,
      Condition: {
        DateLessThan: { "aws:CurrentTime": new Date(now + 60_000).toISOString() },
        NumericGreaterThanEquals: { "aws:EpochTime": String(Math.floor(now / 1000)) },
        Bool: { "aws:SecureTransport": "false" },
      },
    });
    expect((await send(rig, shop.host, "/stock")).status).toBe(200);
    await rig.clock.advance(60_000);
    expect((await send(rig, shop.host, "/stock")).status).toBe(403);
  });

  test("refuses a signature that is too old", async () => {
    await put(shop.networkId, { Principal: "*", ...anything });
    const order = rig.role("order", anything);
    const now = () => new Date(Date.now() - 3_600_000);
    const { status, body } = await signedSend(rig, order, `http://${shop.host}/stock`, { now });
    expect(status).toBe(403);
    expect(body).toContain("Signature expired");
  });

  test("believes no lattice header of a caller", async () => {
    await rig.call("UpdateServiceNetwork", { serviceNetworkIdentifier: shop.networkId, authType: "NONE" });
    const { body } = await send(rig, shop.host, "/", {
      headers: {
        "X-Amzn-Lattice-Identity": "Principal=arn:aws:iam::123456789012:root; Type=AWS_IAM",
        "x-amzn-lattice-identity-tags": "team=admins",
        "x-amzn-lattice-network": "SourceVpcArn=arn:aws:ec2:us-east-1:1:vpc/vpc-9",
        "x-amzn-source-vpc": "vpc-9",
        connection: "x-amzn-lattice-target, x-amzn-source-vpc",
      },
    });
    const seen = JSON.parse(body);
    expect(seen["x-amzn-lattice-identity"]).toBeUndefined();
    expect(seen["x-amzn-lattice-identity-tags"]).toBeUndefined();
    expect(seen["x-amzn-lattice-network"]).toBe(
      "SourceVpcArn=arn:aws:ec2:us-east-1:123456789012:vpc/vpc-0123456789abcdef0",
    );
    expect(seen["x-amzn-source-vpc"]).toBe("vpc-0123456789abcdef0");
    expect(seen["x-amzn-lattice-target"]).toContain(`ServiceArn=${shop.arn}; ServiceNetworkArn=`);
  });

  test("judges by every condition key that Lattice has", async () => {
    const order = rig.role("order", anything);
    await rig.call("TagResource", { resourceArn: shop.arn, tags: { Environment: "prod" } });
    const role = "arn:aws:iam::123456789012:role/order";
    const holding: Record<string, string> = {
      "vpc-lattice-svcs:Port": "80",
      "vpc-lattice-svcs:RequestMethod": "PUT",
      "vpc-lattice-svcs:RequestPath": "/stock/1",
      "vpc-lattice-svcs:RequestHeader/x-tenant": "blue",
      "vpc-lattice-svcs:RequestQueryString/colour": "red",
      "vpc-lattice-svcs:ServiceNetworkArn": `arn:aws:vpc-lattice:us-east-1:123456789012:servicenetwork/${shop.networkId}`,
      "vpc-lattice-svcs:ServiceArn": shop.arn,
      "vpc-lattice-svcs:SourceVpc": "vpc-0123456789abcdef0",
      "vpc-lattice-svcs:SourceVpcOwnerAccount": "123456789012",
      "aws:SourceIp": "127.0.0.1",
      "aws:ResourceTag/Environment": "prod",
      "aws:PrincipalArn": role,
      "aws:PrincipalAccount": "123456789012",
      "aws:PrincipalType": "AssumedRole",
    };
    const answered = async (Condition: object) => {
      await put(shop.networkId, { Principal: "*", ...anything, Condition });
      const url = `http://${shop.host}/stock/1?colour=red`;
      return (await signedSend(rig, order, url, { method: "PUT", headers: { "x-tenant": "blue" } })).status;
    };
    expect(await answered({ StringEquals: holding })).toBe(200);
    for (const key of Object.keys(holding)) {
      expect([key, await answered({ StringEquals: { ...holding, [key]: "other" } })]).toEqual([key, 403]);
    }
  });

  test("knows the query, the headers and the source VPC of anonymous callers", async () => {
    await put(shop.networkId, {
      Principal: "*",
      ...anything,
      Condition: {
        StringEquals: {
          "vpc-lattice-svcs:SourceVpc": "vpc-0123456789abcdef0",
          "vpc-lattice-svcs:RequestHeader/x-tenant": "blue",
        },
        "ForAnyValue:StringEquals": { "vpc-lattice-svcs:RequestQueryString/colour": ["red"] },
        NumericEquals: { "vpc-lattice-svcs:Port": "80" },
      },
    });
    const headers = { "x-tenant": "blue" };
    const status = async (path: string, sent: Record<string, string>) =>
      (await send(rig, shop.host, path, { headers: sent })).status;
    expect(await status("/?colour=green&colour=red", headers)).toBe(200);
    expect(await status("/?colour=green", headers)).toBe(403);
    expect(await status("/?colour=red", {})).toBe(403);
  });

  test("keeps a policy without effect while authorisation is off, and denies all once it is gone", async () => {
    expect(await orderMayGetStock()).toMatchObject({ state: "Active" });
    await rig.call("UpdateServiceNetwork", { serviceNetworkIdentifier: shop.networkId, authType: "NONE" });
    expect(await rig.call("GetAuthPolicy", { resourceIdentifier: shop.networkId })).toMatchObject({
      state: "Inactive",
    });
    expect((await send(rig, shop.host, "/stock")).status).toBe(200);
    await rig.call("UpdateServiceNetwork", { serviceNetworkIdentifier: shop.networkId, authType: "AWS_IAM" });
    await rig.call("DeleteAuthPolicy", { resourceIdentifier: shop.networkId });
    expect((await signedSend(rig, rig.role("order", anything), `http://${shop.host}/stock`)).status).toBe(
      403,
    );
  });

  test.for([
    ["a newline", '{"Version":"2012-10-17",\n"Statement":[]}'],
    ["no JSON", "allow all"],
    ["an unknown effect", '{"Statement":[{"Effect":"Maybe","Principal":"*","Action":"*","Resource":"*"}]}'],
    ["more than 10 KB", JSON.stringify(statement({ ...anything, Principal: "*", Sid: "a".repeat(11_000) }))],
  ] as const)("does not take a policy with %s", async ([, policy]) => {
    await expect(
      rig.call("PutAuthPolicy", { resourceIdentifier: shop.networkId, policy }),
    ).rejects.toMatchObject({
      code: "ValidationException",
      members: { reason: "fieldValidationFailed", fieldList: [{ name: "policy" }] },
    });
  });
});
