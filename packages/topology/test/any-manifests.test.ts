import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { fillText, importGatewayApi, readDocument } from "../src/index.ts";
import { manifests } from "./manifests.ts";

const vpc = "vpc-0123456789abcdef0";

/** Few names, so that manifests meet; some are none in Lattice, or become one another there. */
const names = fc.constantFrom(
  ...["a", "rates", "ra.tes", "ra-tes", "svc-x", "sn-y", "rule-z", "tg-1", "constructor", "a--b", "-", "é"],
  ...[
    "a-name-that-is-much-too-long-for-lattice-1",
    "a-name-that-is-much-too-long-for-lattice-2",
    "x".repeat(253),
  ],
);
const namespaces = fc.constantFrom("default", "shop", "n".repeat(63));
const some = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 3 });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });
const text = fc.oneof(fc.string({ maxLength: 12 }), names, fc.constant("/".padEnd(300, "p")));

const metadata = fc.record({
  name: names,
  namespace: maybe(namespaces),
  annotations: maybe(
    fc.dictionary(
      fc
        .constantFrom("standalone", "tags", "service-name-override", "aws-vpc", "?")
        .map((key) => `application-networking.k8s.aws/${key}`),
      fc.oneof(fc.constantFrom("true", "a=b,c=d", "aws:x=1", vpc), text),
      { maxKeys: 2 },
    ),
  ),
});
const object = (kind: string, spec: fc.Arbitrary<unknown>) =>
  fc.record({
    kind: fc.constant(kind),
    metadata,
    spec: fc.oneof({ weight: 20, arbitrary: spec }, fc.anything()),
  });

const section = fc.record({
  name: names,
  port: fc.constantFrom(80, 443, 8080),
  protocol: fc.constantFrom("HTTP", "HTTPS", "TLS"),
  tls: maybe(
    fc.record({
      mode: fc.constantFrom("Terminate", "Passthrough"),
      options: fc.constant({ "application-networking.k8s.aws/certificate-arn": "arn:aws:acm:no" }),
    }),
  ),
});
const parentRefs = some(
  fc.record({
    name: names,
    namespace: maybe(namespaces),
    sectionName: maybe(names),
    kind: maybe(fc.constantFrom("Service")),
  }),
);
const backendRefs = some(
  fc.record({
    name: names,
    namespace: maybe(namespaces),
    kind: maybe(fc.constantFrom("Service", "ServiceImport", "Bucket")),
    port: maybe(fc.constantFrom(80, 8080)),
    weight: maybe(fc.constantFrom(0, 1, 999, 1000, 1_000_000)),
  }),
);
const headers = fc.array(
  fc.record({ type: maybe(fc.constantFrom("Exact", "RegularExpression")), name: text, value: text }),
  { maxLength: 7 },
);
const filters = some(fc.record({ type: fc.constantFrom("RequestRedirect", "URLRewrite", "RequestMirror") }));
const httpMatch = fc.record({
  path: maybe(
    fc.record({ type: maybe(fc.constantFrom("Exact", "PathPrefix", "RegularExpression")), value: text }),
  ),
  method: maybe(fc.constantFrom("GET", "A-METHOD-THAT-IS-LONG")),
  headers,
  queryParams: maybe(some(fc.record({ name: text }))),
});
const grpcMatch = fc.record({
  method: maybe(fc.record({ service: maybe(text), method: maybe(text) })),
  headers,
});
const routeOf = (match: fc.Arbitrary<unknown>) =>
  fc.record({
    parentRefs,
    hostnames: maybe(some(fc.constantFrom("*.hotel.example", "rates.hotel.example", "rates"))),
    rules: some(
      fc.record({ name: maybe(names), matches: maybe(some(match)), filters: maybe(filters), backendRefs }),
    ),
  });
const targetRef = fc.record({
  kind: fc.constantFrom("Gateway", "HTTPRoute", "GRPCRoute", "Service"),
  name: names,
});
const destinations = fc.constantFrom("arn:aws:s3:::logs", "arn:aws:s3:::more", "arn:aws:sqs:a:1:b");
const policies = fc.constantFrom(
  "{",
  "null",
  '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*"}]}',
);

const anyManifest = fc.oneof(
  object(
    "Gateway",
    fc.record({ gatewayClassName: fc.constantFrom("amazon-vpc-lattice", "other"), listeners: some(section) }),
  ),
  object("GatewayClass", fc.record({ controllerName: names })),
  { weight: 3, arbitrary: object("HTTPRoute", routeOf(httpMatch)) },
  { weight: 2, arbitrary: object("GRPCRoute", routeOf(grpcMatch)) },
  object("Service", fc.record({ ipFamilies: some(fc.constantFrom("IPv4", "IPv6")) })),
  object("ServiceImport", fc.record({})),
  object(
    "TargetGroupPolicy",
    fc.record({
      targetRef,
      protocol: maybe(fc.constantFrom("HTTP", "HTTPS", "TCP")),
      protocolVersion: maybe(fc.constantFrom("HTTP1", "HTTP2", "HTTP3")),
      healthCheck: maybe(fc.record({ path: text, statusMatch: text, port: fc.integer() })),
    }),
  ),
  object("IAMAuthPolicy", fc.record({ targetRef, policy: fc.oneof(policies, text) })),
  object(
    "VpcAssociationPolicy",
    fc.record({ targetRef, securityGroupIds: maybe(fc.array(text, { maxLength: 7 })) }),
  ),
  object("AccessLogPolicy", fc.record({ targetRef, destinationArn: destinations })),
);

describe("any manifests", () => {
  test("become a document that can be read, as it is and as YAML with a VPC to fill in", () => {
    fc.assert(
      fc.property(fc.array(anyManifest, { maxLength: 8 }), (written) => {
        const read = manifests(...written);
        const { document } = importGatewayApi(read, { name: "hotel", vpc });
        const whole = readDocument(document);
        const later = importGatewayApi(read, { name: "hotel", vpc: `$\{clusterVpc}` });
        const yaml = stringify(later.document, { aliasDuplicateObjects: false });
        expect(readDocument(fillText(yaml, { clusterVpc: vpc }, "hotel.yaml"))).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  test("have everything that is left out told of one of them", () => {
    fc.assert(
      fc.property(fc.array(anyManifest, { maxLength: 8 }), (written) => {
        const read = manifests(...written);
        const { document, notExpressed } = importGatewayApi(read, { name: "hotel", vpc });
        const there = read.map(({ kind, metadata }) => `${kind} ${metadata.namespace}/${metadata.name}`);
        for (const { kind, namespace, name, why, instead } of notExpressed) {
          expect(there).toContain(`${kind} ${namespace}/${name}`);
          expect(why !== "" && instead !== "").toBe(true);
        }
        const routes = new Set(there.filter((one) => /^(HTTP|GRPC)Route /.test(one))).size;
        const gone = notExpressed.filter(({ instead }) => /^the (route|manifest) is left out$/.test(instead));
        expect(Object.keys(document.services ?? {}).length + gone.length).toBeGreaterThanOrEqual(routes);
      }),
      { numRuns: 200 },
    );
  });
});
