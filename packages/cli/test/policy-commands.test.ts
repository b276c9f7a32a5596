import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { roleCaller } from "../src/commands/policy/read-role.ts";
import { espalier } from "../src/espalier.ts";
import { ExitCode } from "../src/fail.ts";
import { runCli } from "../src/run-cli.ts";
import { consoleLines } from "./console-lines.ts";
import { type GuardedShop, guardedShop, nextDoor, vpc } from "./guarded-shop.ts";

let shop: GuardedShop;
let folder: string;
beforeAll(async () => {
  shop = await guardedShop();
  folder = mkdtempSync(path.join(os.tmpdir(), "policy-"));
});
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true });
});

const printed = consoleLines();
const policy = (...words: string[]) => runCli(espalier, ["policy", ...words]);

/** Runs with --json; answers the exit code and what was printed. */
async function json(...words: string[]) {
  const code = await policy(...words, "--json");
  const text = printed.out.splice(0).join("\n");
  // biome-ignore lint/suspicious/noExplicitAny: each command has its own output.
  return { code, told: (text === "" ? undefined : JSON.parse(text)) as any, errors: printed.err };
}

function file(name: string, text: string): string {
  const full = path.join(folder, name);
  writeFileSync(full, text);
  return full;
}

describe("policy check", () => {
  test.for([
    ["order", "GET", "inventory", "/stock"],
    ["order", "GET", "inventory", "/stock?sku=1"],
    ["order", "GET", "inventory", "/stock/1"],
    ["order", "POST", "inventory", "/stock"],
    ["order", "POST", "payment", "/payments"],
    ["order", "GET", "payment", "/payments"],
    ["audit", "GET", "inventory", "/stock"],
    ["audit", "GET", "inventory", "/health"],
    ["broke", "GET", "inventory", "/health"],
    ["anonymous", "GET", "inventory", "/health"],
    ["anonymous", "GET", "inventory", "/stock"],
  ] as const)(
    "agrees with Lattice about %s, %s %s%s, from either VPC",
    async ([caller, method, name, asked]) => {
      const url = `${shop.urls[name]}${asked}`;
      for (const from of [vpc, nextDoor]) {
        const status = await shop.call(caller, method, url, from);
        const { code, told } = await json("check", caller, method, url, "--from-vpc", from);
        expect([told.verdict, code]).toEqual(status === 403 ? ["denied", ExitCode.denied] : ["allowed", 0]);
        expect([403, 404]).toContain(status);
      }
    },
  );

  test("says which statement of which policy decides, on the caller's side too", async () => {
    const url = `${shop.urls.inventory}/stock`;
    expect(await policy("check", "order", "GET", url)).toBe(ExitCode.done);
    expect(printed.out).toEqual([
      `allowed: role order, GET ${url}`,
      `through network shop, from ${vpc}: allowed`,
      "  caller   allowed by Statement[0] of policy calls of role order",
      "  network  allowed by Statement[0] (Stock) of the auth policy of network shop",
      "  service  not asked: the auth type of service inventory is NONE",
      `through network shop, from ${nextDoor}: allowed`,
      ...printed.out.slice(2, 5),
    ]);
  });

  test("prints a grant that allows the call once it is added, and not more", async () => {
    const url = `${shop.urls.inventory}/stock`;
    const { told, code } = await json("check", "broke", "GET", url, "--from-vpc", vpc);
    expect(code).toBe(ExitCode.denied);
    const grants: { layer: string; statement: object }[] = told.ways[0].missing.grants;
    expect(grants.map(({ layer }) => layer)).toEqual(["identity", "network"]);

    const { policy: live } = await shop.aws.call("vpc-lattice", "GetAuthPolicy", {
      resourceIdentifier: shop.arns.network,
    });
    const put = (text: string) =>
      shop.aws.call("vpc-lattice", "PutAuthPolicy", { resourceIdentifier: shop.arns.network, policy: text });
    const document = JSON.parse(live);
    await put(JSON.stringify({ ...document, Statement: [...document.Statement, grants[1]?.statement] }));
    await shop.aws.call("iam", "PutRolePolicy", {
      RoleName: "broke",
      PolicyName: "grant",
      PolicyDocument: JSON.stringify({ Version: "2012-10-17", Statement: grants[0]?.statement }),
    });
    expect(await shop.call("broke", "GET", url)).toBe(404);
    expect(await shop.call("broke", "POST", url)).toBe(403);
    expect(await shop.call("audit", "GET", url)).toBe(403);
    expect((await json("check", "broke", "GET", url)).code).toBe(ExitCode.done);
    await put(live);
    await shop.aws.call("iam", "DeleteRolePolicy", { RoleName: "broke", PolicyName: "grant" });
  });

  test("points at a grant that stands on the service that calls, as in the launch post", async () => {
    const meant = {
      Sid: "WhatPaymentMayCall",
      Effect: "Allow",
      Principal: "*",
      Action: "vpc-lattice-svcs:Invoke",
      Resource: `${shop.arns.inventory}/labels`,
    };
    const put = (policy: string) =>
      shop.aws.call("vpc-lattice", "PutAuthPolicy", { resourceIdentifier: shop.arns.payment, policy });
    const resourceIdentifier = shop.arns.payment;
    const { policy: live } = await shop.aws.call("vpc-lattice", "GetAuthPolicy", { resourceIdentifier });
    const document = JSON.parse(live);
    await put(JSON.stringify({ ...document, Statement: [...document.Statement, meant] }));
    const check = ["check", "order", "GET", `${shop.urls.inventory}/labels`];
    const place = {
      policy: "the auth policy of service payment",
      statement: 1,
      sid: "WhatPaymentMayCall",
    };
    expect((await json(...check)).told).toMatchObject({ verdict: "denied", elsewhere: [place] });
    await policy(...check);
    expect(printed.out.join("\n")).toContain(
      "Statement[1] (WhatPaymentMayCall) of the auth policy of service payment means such calls",
    );
    await put(live);
  });

  test("tells the VPCs apart where none is named", async () => {
    const { told, code } = await json("check", "anonymous", "GET", `${shop.urls.inventory}/health`);
    expect(code).toBe(ExitCode.denied);
    expect(told).toMatchObject({
      verdict: "partly",
      ways: [
        { vpcs: [vpc], allowed: true },
        { vpcs: [nextDoor], allowed: false },
      ],
    });
  });

  test("says that another account's policies are not known, and takes them to allow", async () => {
    const url = `${shop.urls.inventory}/health`;
    for (const caller of ["222222222222", "arn:aws:iam::222222222222:role/order"]) {
      expect(await policy("check", caller, "GET", url, "--from-vpc", vpc)).toBe(ExitCode.done);
      expect(printed.out.splice(0)[2]).toMatch(/^ {2}caller {3}not known, taken to allow: /);
    }
  });

  test("finds a role by its ARN and by its session's", async () => {
    const url = `${shop.urls.inventory}/stock`;
    for (const caller of [
      `arn:aws:iam::${shop.aws.account}:role/service/order`,
      `arn:aws:sts::${shop.aws.account}:assumed-role/order/i-1`,
    ])
      expect((await json("check", caller, "GET", url)).told).toMatchObject({
        caller: "role order",
        verdict: "allowed",
      });
  });

  test.for([
    ["a role that is not there", ["nobody", "GET", "http://inventory/"], 1, /^there is no role "nobody"/],
    [
      "a caller that is none",
      ["a b", "GET", "http://inventory/"],
      2,
      /^the caller is "a b"; it is anonymous, /,
    ],
    ["a URL that is none", ["order", "GET", "inventory"], 2, /^the URL is "inventory"; it is http/],
    ["a method without capitals", ["order", "get", "http://inventory/"], 2, /^the method is "get"; /],
    [
      "a header without value",
      ["order", "GET", "http://inventory/", "--header", "x"],
      2,
      /^--header is x; it is/,
    ],
    [
      "values without a document",
      ["order", "GET", "http://inventory/", "--set", "a=b"],
      2,
      /^--values and --set fill/,
    ],
  ] as const)("refuses %s in one line", async ([, words, code, message]) => {
    expect(await policy("check", ...words)).toBe(code);
    expect(printed.err).toEqual([expect.stringMatching(message)]);
  });

  test("fails where nothing is to be called", async () => {
    expect(await policy("check", "order", "GET", "http://nowhere.example/")).toBe(ExitCode.failed);
    expect(printed.out[1]).toBe("no service is called nowhere.example");
  });
});

const document = `
name: stall
networks:
  market:
    authType: AWS_IAM
    vpcs: [{ vpc: ${vpc} }]
    policy:
      Version: "2012-10-17"
      Statement:
        Effect: Allow
        Principal: { AWS: "\${role:service/order.arn}" }
        Action: vpc-lattice-svcs:Invoke
        Resource: \${service:fruit.arn}/apples
services:
  fruit:
    networks: [market]
    listeners: { http: { protocol: HTTP, defaultAction: { fixedResponse: 404 } } }
`;

describe("a role as IAM tells of it", () => {
  const Arn = "arn:aws:iam::123456789012:role/order";

  test("has its tags for conditions, and a permissions boundary that is not looked at", () => {
    const PermissionsBoundaryArn = "arn:aws:iam::123456789012:policy/most";
    const Tags = [{ Key: "team", Value: "shop" }];
    const told = { Arn, RoleName: "order", Tags, PermissionsBoundary: { PermissionsBoundaryArn } };
    expect(roleCaller(told, [])).toMatchObject({
      identity: { type: "policies", boundary: PermissionsBoundaryArn },
      context: { "aws:PrincipalTag/team": "shop" },
    });
  });

  test("is not known where one of its policies is not understood", () => {
    const document = encodeURIComponent(
      '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*","What":1}}',
    );
    expect(roleCaller({ Arn, RoleName: "order" }, [{ name: "odd", document }])).toMatchObject({
      identity: {
        type: "unknown",
        why: expect.stringMatching(/^policy odd of role order is not understood: /),
      },
    });
  });
});

describe("a document that is not applied yet", () => {
  test("is judged as if it were, and what it lacks is told in its words", async () => {
    const written = file("stall.yaml", document);
    const check = (...words: string[]) => policy("check", ...words, "--document", written);
    expect(await check("order", "GET", "http://fruit/apples")).toBe(ExitCode.done);
    expect(await check("order", "GET", "http://fruit/pears")).toBe(ExitCode.denied);
    expect(printed.out.at(-1)).toContain(`"Resource":"\${service:fruit.arn}/pears"`);
    expect(await check("broke", "GET", "http://fruit/apples")).toBe(ExitCode.denied);
  });

  test("needs no AWS where callers' own policies are not asked", async () => {
    const written = file("stall.yaml", document);
    const endpoint = process.env.AWS_ENDPOINT_URL;
    onTestFinished(() => {
      process.env.AWS_ENDPOINT_URL = endpoint;
    });
    process.env.AWS_ENDPOINT_URL = "http://127.0.0.1:1";
    const offline = (caller: string) =>
      policy("check", caller, "GET", "http://fruit/apples", "--document", written, "--no-identity");
    expect(await offline("service/order")).toBe(ExitCode.done);
    expect(await offline("arn:aws:iam::222222222222:role/service/order")).toBe(ExitCode.done);
    expect(await offline("audit")).toBe(ExitCode.denied);
  });
});

describe("policy matrix", () => {
  test("prints a row a caller and a column a service, with what the policies tell apart", async () => {
    expect(await policy("matrix")).toBe(ExitCode.done);
    expect(printed.out).toEqual([
      "            inventory             payment",
      "role audit  /health?              denied",
      "role order  GET /stock, /health?  POST /payments",
      "anonymous   /health?              denied",
      "?  it depends on the request, on tags of the session or on the VPC it comes from",
    ]);
  });

  test("agrees with check about every cell", async () => {
    const { told } = await json("matrix");
    expect(told.cells).toHaveLength(6);
    for (const { caller, service, calls } of told.cells)
      for (const { method, path: asked, extent } of calls) {
        if (method === "*" || asked === "*") continue;
        const { told: answer } = await json(
          "check",
          caller.replace("role ", ""),
          method,
          `http://${service}${asked}`,
        );
        expect(answer.verdict, `${caller} ${method} ${service}${asked}`).toBe(extent);
      }
  });

  test("shows of a document whom it names, also of other accounts", async () => {
    const written = file(
      "stall.yaml",
      document
        .replace("{ AWS: ", '{ AWS: ["222222222222", ')
        .replace(" }\n        Action", " ] }\n        Action"),
    );
    expect(await policy("matrix", "--document", written)).toBe(ExitCode.done);
    expect(printed.out).toEqual([
      "                          fruit",
      "role audit                denied",
      "role order                /apples",
      "account 222222222222 (1)  /apples",
      "anonymous                 denied",
      "(1) as far as its own policies or its permissions boundary, which are not read, allow it too",
    ]);
  });
});

describe("policy test", () => {
  const url = (asked: string) => `http://inventory${asked}`;

  test("is content where all decisions are as expected", async () => {
    const expected = [
      { caller: "order", url: url("/stock"), expect: "allowed" },
      { caller: "audit", url: url("/stock"), expect: "denied" },
      { caller: "anonymous", url: url("/health"), fromVpc: vpc, expect: "allowed" },
    ];
    expect(await policy("test", file("good.json", JSON.stringify(expected)))).toBe(ExitCode.done);
    expect(printed.out.at(-1)).toBe("3 of 3 decisions are as expected");
  });

  test("says what is not as expected, why it should be and why it is not", async () => {
    const expectations = file(
      "bad.yaml",
      [
        `- { caller: order, method: POST, url: ${url("/stock")}, expect: allowed, because: order restocks }`,
        `- { caller: order, url: ${url("/stock")}, expect: allowed }`,
        "- { caller: order, url: http://nowhere/, expect: denied }",
      ].join("\n"),
    );
    expect(await policy("test", expectations)).toBe(ExitCode.failed);
    expect(printed.out[0]).toBe(
      "not ok  role order, POST http://inventory/stock: allowed was expected, because order restocks",
    );
    expect(printed.out.join("\n")).toContain("no service is called nowhere");
    expect(printed.out.at(-1)).toBe("1 of 3 decisions are as expected");
    printed.out.splice(0);
    const { told, code } = await json("test", expectations);
    expect(code).toBe(ExitCode.failed);
    expect(told).toMatchObject({ failed: 2, results: [{ met: false }, { met: true }, { met: false }] });
  });

  test.for([
    ["no list", "a: 1", "it is a list of {caller, method, url, expect}"],
    ["an empty list", "[]", "it expects nothing"],
    [
      "a word that is none",
      "- { caller: a, url: 'http://x/', expect: maybe }",
      "[0].expect: expect is allowed or denied",
    ],
    [
      "a URL that is none",
      "- { caller: a, url: 'http://a b/', expect: allowed }",
      "[0].url: a url is http:// or https://, a host and a path",
    ],
    [
      "a method without capitals",
      "- { caller: a, method: get, url: 'http://x/', expect: allowed }",
      "[0].method: a method has capitals, as GET has",
    ],
    [
      "an unknown member",
      "- { caller: a, url: 'http://x/', expect: allowed, who: b }",
      "[0]: who: an expectation has",
    ],
  ] as const)("refuses a file with %s, and names the place", async ([, text, message]) => {
    expect(await policy("test", file("wrong.yaml", text))).toBe(ExitCode.usage);
    expect(printed.err.join("\n")).toContain(`wrong.yaml: ${message}`);
  });
});

describe("policy suggest", () => {
  // Another shop, which nobody has called.
  beforeAll(async () => {
    await shop.close();
    shop = await guardedShop();
  });

  test("proposes the least policy that allows what was seen, which then does", async () => {
    await shop.aws.call("vpc-lattice", "CreateAccessLogSubscription", {
      resourceIdentifier: shop.arns.inventory,
      destinationArn: "arn:aws:s3:::shop-logs",
    });
    for (const _ of [1, 2, 3]) await shop.call("order", "GET", `${shop.urls.inventory}/stock`);
    await shop.call("anonymous", "GET", `${shop.urls.inventory}/health`);
    await shop.call("order", "POST", `${shop.urls.payment}/payments`);
    await shop.logsArrive();

    const { told, code } = await json("suggest", "inventory", "--since", "1d");
    expect(code).toBe(ExitCode.done);
    expect(told.unread).toEqual([
      { destination: "arn:aws:s3:::shop-logs", why: "only log groups of CloudWatch Logs are read" },
    ]);
    const orderRole = `arn:aws:iam::${shop.aws.account}:role/service/order`;
    const [health, stock, ...others] = told.policy.Statement;
    expect(others).toEqual([]);
    expect(health).toMatchObject({ Principal: "*", Resource: `${shop.arns.inventory}/health` });
    expect(stock).toMatchObject({ Principal: { AWS: orderRole }, Resource: `${shop.arns.inventory}/stock` });
    expect(told.covers).toMatchObject([{ caller: "anonymous" }, { caller: "role order" }]);
    expect(told.unused).toEqual([]);

    const { policy: live } = await shop.aws.call("vpc-lattice", "GetAuthPolicy", {
      resourceIdentifier: shop.arns.network,
    });
    const put = (text: string) =>
      shop.aws.call("vpc-lattice", "PutAuthPolicy", { resourceIdentifier: shop.arns.network, policy: text });
    await put(JSON.stringify(told.policy));
    const status = (caller: string, method: string, asked: string) =>
      shop.call(caller, method, `${shop.urls.inventory}${asked}`);
    expect(await status("order", "GET", "/stock")).toBe(404);
    expect(await status("anonymous", "GET", "/health")).toBe(404);
    expect(await status("anonymous", "GET", "/stock")).toBe(403);
    expect(await status("order", "POST", "/stock")).toBe(403);
    await put(live);
  });

  test("says what is allowed and nobody used, and how much it read", async () => {
    await shop.logsArrive();
    expect(await policy("suggest", "payment", "--since", "1h")).toBe(ExitCode.done);
    expect(printed.out[0]).toMatch(/^payment, last 1h: \d+ requests? let in, \d+ denied, in \d+ lines/);
    expect(printed.out.join("\n")).toContain("the least auth policy that allows what was let in:");
    expect(await policy("suggest", "payment", "--since", "2w", "--most", "1")).toBe(ExitCode.done);
    expect(printed.out.join("\n")).toContain("only the first 1 lines were read");
  });

  test.for([
    ["a service that is not there", ["nowhere"], "there is no service nowhere"],
    [
      "a span that is none",
      ["inventory", "--since", "week"],
      "--since is week; it is a number with m, h, d or w, as in 7d",
    ],
  ] as const)("refuses %s", async ([, words, message]) => {
    expect(await policy("suggest", ...words)).not.toBe(ExitCode.done);
    expect(printed.err).toEqual([message]);
  });
});
