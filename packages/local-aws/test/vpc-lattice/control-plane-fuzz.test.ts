import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { Sha256 } from "@smithy/core/checksum";
import { SignatureV4 } from "@smithy/signature-v4";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { LocalAws } from "../../src/index.ts";
import { runningLocalAws } from "../running-local-aws.ts";
import { text, vpcId } from "./shop-builder.ts";

interface Sent {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** Sends a request as it is, signed, and answers the status. */
async function statusOf(aws: LocalAws, { method, path, query, body }: Sent): Promise<number> {
  const { hostname, port, host } = new URL(aws.endpoint);
  const { region, credentials } = aws;
  const signer = new SignatureV4({ service: "vpc-lattice", region, credentials, sha256: Sha256 });
  const headers = { host, "content-type": "application/json", "content-length": String(body.length) };
  const signed = await signer.sign({
    ...{ method, hostname, path, query, body, headers },
    protocol: "http:",
  });
  const pairs = Object.entries(query).map((pair) => pair.map(encodeURIComponent).join("="));
  const whole = pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
  const sent = request({ hostname, port, method, path: whole, headers: signed.headers, agent: false });
  sent.end(body);
  const [answer] = (await once(sent, "response")) as [IncomingMessage];
  await text(answer);
  return answer.statusCode ?? 0;
}

/** A value as the API takes it, or anything in its place, at any depth. */
function mangled(value: unknown): fc.Arbitrary<unknown> {
  const anything = fc.oneof(
    fc.jsonValue({ maxDepth: 2 }),
    fc.constantFrom("", -1, 1e300, "__proto__", "a".repeat(5000)),
  );
  if (Array.isArray(value))
    return fc.oneof({ weight: 4, arbitrary: fc.tuple(...value.map(mangled)) }, anything);
  if (typeof value !== "object" || value === null)
    return fc.oneof({ weight: 4, arbitrary: fc.constant(value) }, anything);
  const members = Object.fromEntries(Object.entries(value).map(([name, member]) => [name, mangled(member)]));
  return fc.oneof({ weight: 6, arbitrary: fc.record(members, { requiredKeys: [] }) }, anything);
}

test("No request to the control plane is more than it can answer, whatever is in its path, query and body", async () => {
  const faults: unknown[] = [];
  const { aws } = await runningLocalAws({
    report: (fault) => faults.push(fault),
    lattice: { transitionMs: 0 },
  });
  aws.ec2.putVpc({ vpcId, cidrBlock: "10.0.0.0/16" });
  const call = (operation: string, input: object) => aws.call("vpc-lattice", operation, input);
  const network = await call("CreateServiceNetwork", { name: "network" });
  const service = await call("CreateService", { name: "service" });
  const config = { port: 80, protocol: "HTTP", vpcIdentifier: vpcId };
  const group = await call("CreateTargetGroup", { name: "group", type: "IP", config });
  const defaultAction = { forward: { targetGroups: [{ targetGroupIdentifier: group.id, weight: 1 }] } };
  const listening = { serviceIdentifier: service.id, name: "listener", protocol: "HTTP", defaultAction };
  const listener = await call("CreateListener", listening);
  const match = {
    httpMatch: {
      method: "GET",
      pathMatch: { match: { prefix: "/a" } },
      headerMatches: [{ name: "x", match: { exact: "1" } }],
    },
  };
  const rule = { name: "rule", priority: 1, match, action: defaultAction };
  const health = { enabled: true, path: "/", matcher: { httpCode: "200" }, healthCheckIntervalSeconds: 5 };
  const targets = [{ id: "10.0.0.1", port: 80 }];
  const rules = `/services/${service.id}/listeners/${listener.id}/rules`;
  const bodies: Record<string, object> = {
    "POST /servicenetworks": {
      name: "other",
      authType: "AWS_IAM",
      tags: { a: "b" },
      sharingConfig: { enabled: true },
    },
    "POST /services": {
      name: "other",
      customDomainName: "a.example.com",
      idleTimeoutSeconds: 60,
      clientToken: "t",
    },
    "POST /targetgroups": { name: "other", type: "IP", config: { ...config, healthCheck: health } },
    [`PATCH /targetgroups/${group.id}`]: { healthCheck: health },
    [`POST /targetgroups/${group.id}/registertargets`]: { targets },
    [`POST /targetgroups/${group.id}/deregistertargets`]: { targets },
    [`POST /targetgroups/${group.id}/listtargets`]: { targets },
    [`POST /services/${service.id}/listeners`]: { name: "other", protocol: "HTTP", port: 81, defaultAction },
    [`PATCH /services/${service.id}/listeners/${listener.id}`]: { defaultAction },
    [`POST ${rules}`]: rule,
    [`PATCH ${rules}`]: { rules: [{ ruleIdentifier: "rule-0123456789abcdef0", ...rule }] },
    "POST /servicenetworkserviceassociations": {
      serviceIdentifier: service.id,
      serviceNetworkIdentifier: network.id,
    },
    "POST /servicenetworkvpcassociations": { vpcIdentifier: vpcId, serviceNetworkIdentifier: network.id },
    "POST /accesslogsubscriptions": { resourceIdentifier: service.id, destinationArn: "arn:aws:s3:::bucket" },
    [`PUT /authpolicy/${service.id}`]: { policy: '{"Version":"2012-10-17","Statement":[]}' },
    [`POST /tags/${encodeURIComponent(service.arn)}`]: { tags: { a: "b" } },
  };
  const shaped = fc.constantFrom(...Object.entries(bodies)).chain(([line, body]) => {
    const [method = "", path = ""] = line.split(" ");
    return mangled(body).map((mangledBody) => ({
      method,
      path,
      query: {},
      body: JSON.stringify(mangledBody),
    }));
  });
  const segment = fc.constantFrom(
    ...[
      "services",
      "targetgroups",
      "rules",
      "tags",
      service.id,
      "%",
      "%zz",
      "%00",
      "%ff",
      "%2e%2e",
      "constructor",
    ],
    ...["__proto__", encodeURIComponent(service.arn), "a".repeat(3000), "%F0%9F%8D%8E"],
  );
  const query = fc.dictionary(
    fc.constantFrom("maxResults", "nextToken", "tagKeys", "resourceIdentifier"),
    fc.string(),
  );
  const shapeless = fc.record({
    method: fc.constantFrom("GET", "POST", "PATCH", "PUT", "DELETE"),
    path: fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => `/${parts.join("/")}`),
    query,
    body: fc.oneof(
      fc.constantFrom(
        "",
        "{",
        "null",
        "[]",
        "1",
        `{"a":`,
        "[".repeat(50_000),
        `${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`,
      ),
      fc.uint8Array({ maxLength: 50 }).map((bytes) => Buffer.from(bytes)),
    ),
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(shaped, shapeless), async (sent) => {
      const status = await statusOf(aws, sent);
      expect(status < 500 || status === 501).toBe(true);
      expect(faults).toEqual([]);
    }),
    { numRuns: 600 },
  );
  const list = { method: "GET", path: "/services", query: {}, body: "" };
  expect(await statusOf(aws, list)).toBe(200);
});
