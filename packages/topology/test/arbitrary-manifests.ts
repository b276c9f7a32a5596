import fc from "fast-check";

export const vpc = "vpc-0123456789abcdef0";

/** What is as it should be, six times out of seven, so that manifests meet and most of them become something. */
const mostly = <T>(usual: readonly T[], odd: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...usual) }, odd);
const perhaps = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null, freq: 2 });
const some = <T>(value: fc.Arbitrary<T>) => fc.array(value, { maxLength: 3 });

/** Some of these are no names in Lattice, or become one another there. */
const oddNames = fc.constantFrom(
  ...["ra.tes", "ra-tes", "svc-x", "sn-y", "rule-z", "tg-1", "constructor", "a", "a--b", "-", "é"],
  ...["a-name-that-is-too-long-for-lattice-1", "a-name-that-is-too-long-for-lattice-2", "x".repeat(253)],
);
const names = mostly(["rates", "stock"], oddNames);
const namespaces = mostly([null, "default"], fc.constantFrom("shop", "n".repeat(63)));
const texts = fc.oneof(fc.string({ maxLength: 12 }), oddNames, fc.constant("/".padEnd(300, "p")));

const annotations = fc.dictionary(
  fc
    .constantFrom("standalone", "tags", "service-name-override", "aws-vpc", "?")
    .map((key) => `application-networking.k8s.aws/${key}`),
  fc.oneof(fc.constantFrom("true", "a=b,c=d", "aws:x=1", vpc), texts),
  { maxKeys: 2 },
);
const metadata = fc.record({ name: names, namespace: namespaces, annotations: perhaps(annotations) });
const object = (kind: string, spec: fc.Arbitrary<unknown>) =>
  fc.record({
    kind: fc.constant(kind),
    metadata,
    spec: fc.oneof({ weight: 20, arbitrary: spec }, fc.anything()),
  });

const sections = fc.array(
  fc.record({
    name: mostly(["http", "https"], oddNames),
    port: fc.constantFrom(80, 443, 8080),
    protocol: mostly(["HTTP", "HTTPS"], fc.constant("TLS")),
    tls: perhaps(
      fc.record({
        mode: fc.constantFrom("Terminate", "Passthrough"),
        options: fc.constant({ "application-networking.k8s.aws/certificate-arn": "arn:aws:acm:no" }),
      }),
    ),
  }),
  { minLength: 1, maxLength: 3 },
);
const parentRefs = fc.array(
  fc.record({
    name: names,
    namespace: namespaces,
    sectionName: perhaps(mostly(["http", "https"], oddNames)),
    kind: mostly([null], fc.constant("Service")),
  }),
  { minLength: 1, maxLength: 3 },
);
const backendRefs = some(
  fc.record({
    name: names,
    namespace: namespaces,
    kind: mostly([null, "Service", "ServiceImport"], fc.constant("Bucket")),
    port: perhaps(fc.constantFrom(80, 8080)),
    weight: fc.constantFrom(null, 0, 1, 999, 1000, 1_000_000),
  }),
);
const paths = mostly(["/", "/a", "/a/b", "/a/"], texts);
const pathTypes = mostly([null, "Exact", "PathPrefix"], fc.constant("RegularExpression"));
const headers = fc.oneof(
  { weight: 3, arbitrary: fc.constant([]) },
  fc.array(
    fc.record({ type: mostly([null, "Exact"], fc.constant("RegularExpression")), name: names, value: texts }),
    { maxLength: 7 },
  ),
);
const httpMatch = fc.record({
  path: perhaps(fc.record({ type: pathTypes, value: paths })),
  method: mostly([null, "GET"], fc.constant("A-METHOD-THAT-IS-LONG")),
  headers,
  queryParams: mostly([null], fc.constant([{ name: "a", value: "b" }])),
});
const grpcMatch = fc.record({
  method: perhaps(fc.record({ service: mostly([null, "hotel.Rates"], texts), method: perhaps(texts) })),
  headers,
});
const filters = mostly(
  [null],
  some(fc.record({ type: fc.constantFrom("RequestRedirect", "URLRewrite", "RequestMirror") })),
);
const routeOf = (match: fc.Arbitrary<unknown>) =>
  fc.record({
    parentRefs,
    hostnames: perhaps(some(fc.constantFrom("*.hotel.example", "rates.hotel.example", "rates"))),
    rules: some(fc.record({ name: perhaps(names), matches: perhaps(some(match)), filters, backendRefs })),
  });
const targetRef = fc.record({
  kind: fc.constantFrom("Gateway", "HTTPRoute", "GRPCRoute", "Service"),
  name: names,
});
const iam = mostly(
  ['{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*"}]}'],
  fc.oneof(fc.constantFrom("{", "null"), texts),
);

const anyManifest = fc.oneof(
  {
    weight: 3,
    arbitrary: object(
      "Gateway",
      fc.record({
        gatewayClassName: mostly(["amazon-vpc-lattice"], fc.constant("other")),
        listeners: sections,
      }),
    ),
  },
  { weight: 4, arbitrary: object("HTTPRoute", routeOf(httpMatch)) },
  { weight: 2, arbitrary: object("GRPCRoute", routeOf(grpcMatch)) },
  object("GatewayClass", fc.record({ controllerName: names })),
  object("Service", fc.record({ ipFamilies: some(fc.constantFrom("IPv4", "IPv6")) })),
  object("ServiceImport", fc.record({})),
  object(
    "TargetGroupPolicy",
    fc.record({
      targetRef,
      protocol: mostly([null, "HTTP", "HTTPS"], fc.constant("TCP")),
      protocolVersion: mostly([null, "HTTP1"], fc.constantFrom("HTTP2", "HTTP3")),
      healthCheck: perhaps(fc.record({ path: paths, statusMatch: texts, port: fc.integer() })),
    }),
  ),
  object("IAMAuthPolicy", fc.record({ targetRef, policy: iam })),
  object(
    "VpcAssociationPolicy",
    fc.record({ targetRef, securityGroupIds: perhaps(fc.array(texts, { maxLength: 7 })) }),
  ),
  object(
    "AccessLogPolicy",
    fc.record({
      targetRef,
      destinationArn: fc.constantFrom("arn:aws:s3:::logs", "arn:aws:s3:::more", "arn:aws:sqs:a:1:b"),
    }),
  ),
);

/** Manifests that have to do with one another, most of them right, and a Gateway among them that most routes mean. */
export const anyManifests = fc.array(anyManifest, { minLength: 1, maxLength: 8 }).map((all) => [
  {
    kind: "Gateway",
    metadata: { name: "rates" },
    spec: {
      gatewayClassName: "amazon-vpc-lattice",
      listeners: [
        { name: "http", protocol: "HTTP", port: 80 },
        { name: "https", protocol: "HTTPS", port: 443 },
      ],
    },
  },
  ...all,
]);
