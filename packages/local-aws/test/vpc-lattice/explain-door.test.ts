import { describe, expect, test } from "vitest";
import { runningLocalAws } from "../running-local-aws.ts";
import { forward, group, network, type Rig, service, vpcId } from "./shop-builder.ts";

/** A service whose policy lets everybody GET, with a rule for `/stock`, and a way to ask why. */
async function guardedShop() {
  const { aws } = await runningLocalAws({ lattice: { transitionMs: 0 } });
  aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
  const rig: Rig = {
    lattice: aws.lattice,
    call: (operation, input) => aws.call("vpc-lattice", operation, input),
  };
  const [stable, candidate] = [await group(rig, "stable"), await group(rig, "candidate")];
  const shop = await service(rig, await network(rig), { authType: "AWS_IAM" });
  const Statement = {
    ...{ Effect: "Allow", Principal: "*", Action: "vpc-lattice-svcs:Invoke", Resource: "*" },
    Condition: { StringEquals: { "vpc-lattice-svcs:RequestMethod": "GET" } },
  };
  const policy = JSON.stringify({ Version: "2012-10-17", Statement });
  await rig.call("PutAuthPolicy", { resourceIdentifier: shop.id, policy });
  const { id: ruleId } = await rig.call("CreateRule", {
    serviceIdentifier: shop.id,
    listenerIdentifier: shop.listenerId,
    name: "stock",
    priority: 10,
    match: {
      httpMatch: {
        pathMatch: { match: { prefix: "/stock" } },
        headerMatches: [{ name: "X-Shop", match: { exact: "1" } }],
      },
    },
    action: forward([stable, 75], [candidate, 25]),
  });
  const ask = async (asked: object, init: RequestInit = {}) => {
    const answer = await fetch(`${aws.endpoint}/_local/explain`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ vpcId, ...asked }),
      ...init,
    });
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };
  return { aws, shop, ruleId, stable, candidate, ask, url: `http://${shop.host}/stock?size=2` };
}

describe("POST /_local/explain", () => {
  test("says which rule a request is for, where that leads, and which statement lets it through", async () => {
    const { shop, ruleId, stable, candidate, ask, url } = await guardedShop();
    expect(await ask({ url, headers: { "X-SHOP": "1" } })).toEqual({
      status: 200,
      body: {
        found: true,
        serviceArn: shop.arn,
        serviceNetworkArn: expect.stringContaining(shop.networkId),
        listenerId: shop.listenerId,
        authorisation: {
          allowed: true,
          deniedBy: null,
          message: null,
          identity: null,
          network: null,
          service: `allowed by Statement[0] of ${shop.id}`,
        },
        rule: { id: ruleId, name: "stock", priority: 10 },
        action: {
          forward: [
            { targetGroupId: stable, name: "stable", weight: 75, share: 0.75 },
            { targetGroupId: candidate, name: "candidate", weight: 25, share: 0.25 },
          ],
        },
      },
    });
  });

  test("says what a denied request lacks, with the text that its caller would see", async () => {
    const { aws, ask, url } = await guardedShop();
    const { body } = await ask({ url, method: "POST", accessKeyId: aws.credentials.accessKeyId });
    expect(body).toMatchObject({
      authorisation: {
        allowed: false,
        deniedBy: "Service",
        message: expect.stringContaining(`User: arn:aws:iam::${aws.account}:root is not authorized`),
        identity: null,
        service: expect.stringMatching(/needed: .*RequestMethod \["GET"\], not \["POST"\]/),
      },
      rule: { name: "default" },
      action: { fixedResponse: { statusCode: 404 } },
    });
  });

  test.for([
    ["a VPC without a network", { vpcId: "vpc-0123456789abcdef1" }, "is associated with no service network"],
    ["a name that nobody has", { url: "http://nobody.example.com/" }, "is called nobody.example.com"],
    ["a port that nobody listens at", { port: "8080" }, "has no listener of HTTP at port 8080"],
    ["TLS where there is none", { protocol: "https:" }, "has no listener of HTTPS at port 443"],
    ["a key that nobody has", { accessKeyId: "AKIANOBODY" }, "nobody has the access key AKIANOBODY"],
  ] as const)("says that %s leads nowhere", async ([, asked, why]) => {
    const { ask, url } = await guardedShop();
    const changed = new URL(url);
    const { port, protocol, ...rest } = { port: "", protocol: "http:", ...asked };
    Object.assign(changed, { port, protocol });
    const { status, body } = await ask({ url: changed.href, ...rest });
    expect({ status, body }).toEqual({
      status: 200,
      body: { found: false, why: expect.stringContaining(why) },
    });
  });

  test.for([
    ["what is no URL", { url: "/stock" }, /^url is no URL of http or https/],
    ["another scheme", { url: "ftp://shop/" }, /^url is no URL of http or https/],
    ["a member that it does not know", { url: "http://shop/", verb: "GET" }, /verb/],
  ] as const)("refuses %s", async ([, asked, message]) => {
    const { ask } = await guardedShop();
    expect(await ask(asked)).toEqual({ status: 400, body: { message: expect.stringMatching(message) } });
  });
});
