import { describe, expect, test } from "vitest";
import { fillValues, importGatewayApi, readDocument, readManifests } from "../src/index.ts";
import { gateway, manifests, policy, route } from "./manifests.ts";

// biome-ignore lint/suspicious/noTemplateCurlyInString: it is how a document names a value.
const clusterVpc = "${clusterVpc}";

function imported(...written: object[]) {
  const all = importGatewayApi(manifests(...written), { name: "hotel", vpc: clusterVpc });
  const document = readDocument(fillValues(all.document, { clusterVpc: "vpc-00000000" }));
  const told = all.notExpressed.map(
    ({ kind, namespace, name, field, done }) => `${kind} ${namespace}/${name} ${field} ${done}`,
  );
  return { ...all, read: document, told };
}

const rulesOf = (...rules: object[]) =>
  imported(gateway(), route({ rules })).read.services["rates-default"]?.listeners.http?.rules.map(
    ({ match, action }) => ({ match, action }),
  );

const toGroup = { forward: { "k8s-default-rates-v1": 100 } };
const backendRefs = [{ name: "rates-v1", port: 8080 }];

describe("a Gateway and a route", () => {
  test("are a network and a service, with the controller's names and a default answer of 404", () => {
    const { document, told } = imported(gateway(), route());
    expect(document).toEqual({
      name: "hotel",
      networks: { "my-hotel": {} },
      targetGroups: {
        "k8s-default-rates-v1": { type: "IP", vpc: clusterVpc, port: 8080, targets: "external" },
      },
      services: {
        "rates-default": {
          networks: ["my-hotel"],
          listeners: {
            http: {
              protocol: "HTTP",
              defaultAction: { fixedResponse: 404 },
              rules: [
                {
                  name: "k8s-rule-1",
                  priority: 1,
                  match: { path: { prefix: "/" } },
                  action: { forward: "k8s-default-rates-v1" },
                },
              ],
            },
          },
        },
      },
    });
    expect(told).toEqual([]);
  });

  test("of long names are cut as the controller cuts them", () => {
    const long = route({}, { name: "a-route-of-twenty-xx-and-more", namespace: "a-namespace-of-18-xyz" });
    expect(Object.keys(imported(gateway(), long).read.services)).toEqual([
      "a-route-of-twenty-xx-a-namespace-of-18",
    ]);
  });

  test("of one name once cut are told apart, and so are names that Lattice does not take", () => {
    const first = route({}, { name: "a-route-of-twenty-xx-1" });
    const second = route({}, { name: "a-route-of-twenty-xx-2" });
    const dotted = route({}, { name: "eu.rates" });
    const { read, told } = imported(gateway(), first, second, dotted);
    expect(Object.keys(read.services)).toEqual([
      "a-route-of-twenty-xx-default",
      "a-route-of-twenty-xx-default-2",
      "eu-rates-default",
    ]);
    expect(told).toEqual([
      "HTTPRoute default/a-route-of-twenty-xx-2 metadata.name approximated",
      "HTTPRoute default/eu.rates metadata.name approximated",
    ]);
  });

  test("may be called otherwise by the annotation for it", () => {
    const named = route(
      {},
      { annotations: { "application-networking.k8s.aws/service-name-override": "prices" } },
    );
    expect(Object.keys(imported(gateway(), named).read.services)).toEqual(["prices"]);
  });

  test("are on their own where the annotation says so, the route's before the Gateway's", () => {
    const standalone = (value: string) => ({ "application-networking.k8s.aws/standalone": value });
    const alone = gateway({}, { annotations: standalone("true") });
    expect(imported(alone, route()).read.services["rates-default"]?.networks).toEqual([]);
    const joining = route({}, { annotations: standalone("false") });
    expect(imported(alone, joining).read.services["rates-default"]?.networks).toEqual(["my-hotel"]);
  });
});

describe("a route's sections", () => {
  const https = { name: "https", protocol: "HTTPS", port: 443 };
  const http = { name: "http", protocol: "HTTP", port: 80 };
  const refs = (...sectionNames: string[]) => ({
    parentRefs: sectionNames.map((sectionName) => ({ name: "my-hotel", sectionName })),
  });

  test("are the service's listeners, each with all rules", () => {
    const { read } = imported(gateway({ listeners: [http, https] }), route(refs("http", "https")));
    const listeners = read.services["rates-default"]?.listeners ?? {};
    expect(Object.values(listeners).map(({ protocol, rules }) => [protocol, rules.length])).toEqual([
      ["HTTP", 1],
      ["HTTPS", 1],
    ]);
  });

  test("are the Gateway's first one where none is named, which is told", () => {
    const { read, told } = imported(gateway({ listeners: [https, http] }), route());
    expect(Object.keys(read.services["rates-default"]?.listeners ?? {})).toEqual(["https"]);
    expect(told).toEqual(["HTTPRoute default/rates spec.parentRefs[0] approximated"]);
  });

  test("give the service its name and its certificate", () => {
    const certificate = "arn:aws:acm:us-east-1:123456789012:certificate/0a1b";
    const tls = {
      mode: "Terminate",
      options: { "application-networking.k8s.aws/certificate-arn": certificate },
    };
    const secured = gateway({ listeners: [{ ...https, tls }] });
    const hostnames = ["rates.hotel.example", "prices.hotel.example"];
    const { read, told } = imported(secured, route({ ...refs("https"), hostnames }));
    expect(read.services["rates-default"]?.domain).toEqual({ name: "rates.hotel.example", certificate });
    expect(told).toEqual(["HTTPRoute default/rates spec.hostnames[1] skipped"]);
  });

  test.for([
    ["passes TLS through", { ...https, tls: { mode: "Passthrough" } }, "HTTPRoute"],
    ["is for TCP", { ...https, protocol: "TCP" }, "HTTPRoute"],
    ["is for HTTP where the route is gRPC's", http, "GRPCRoute"],
  ] as const)("are left out where the Gateway's listener %s", ([, section, kind]) => {
    const spec = { ...refs(section.name), rules: [{ backendRefs }] };
    const { read, told } = imported(gateway({ listeners: [section] }), route(spec, {}, kind));
    expect(read.services["rates-default"]?.listeners).toEqual({});
    expect(told).toEqual([`${kind} default/rates spec.parentRefs skipped`]);
  });

  test("whose Gateway is not among the files are guessed, and its network is somebody else's", () => {
    const { document, told } = imported(route());
    expect(document.networks).toEqual({ "my-hotel": "external" });
    expect(document.services?.["rates-default"]?.listeners?.http?.protocol).toBe("HTTP");
    expect(told).toEqual(["HTTPRoute default/rates spec.parentRefs[0] approximated"]);
  });

  test("of a Gateway of another class are none of Lattice's", () => {
    const other = {
      kind: "GatewayClass",
      metadata: { name: "mesh" },
      spec: { controllerName: "example.com/mesh" },
    };
    const { document, told } = imported(other, gateway({ gatewayClassName: "mesh" }), route());
    expect(document).toEqual({ name: "hotel", networks: {}, targetGroups: {}, services: {} });
    expect(told).toEqual([
      "Gateway default/my-hotel spec.gatewayClassName skipped",
      "HTTPRoute default/rates spec.parentRefs skipped",
    ]);
  });

  test("of a Gateway whose class says that it is Lattice's are, whatever the class is called", () => {
    const controllerName = "application-networking.k8s.aws/gateway-api-controller";
    const lattice = { kind: "GatewayClass", metadata: { name: "mine" }, spec: { controllerName } };
    const { told, read } = imported(lattice, gateway({ gatewayClassName: "mine" }), route());
    expect(told).toEqual([]);
    expect(Object.keys(read.networks)).toEqual(["my-hotel"]);
  });
});

describe("a match", () => {
  test("is a rule of its own, in the order in which it is written", () => {
    const paths = ["/a", "/b"].map((value) => ({ path: { type: "Exact", value } }));
    expect(rulesOf({ matches: paths, backendRefs }, { matches: [{ method: "GET" }], backendRefs })).toEqual([
      { match: { path: { exact: "/a", caseSensitive: true } }, action: toGroup },
      { match: { path: { exact: "/b", caseSensitive: true } }, action: toGroup },
      { match: { method: "GET" }, action: toGroup },
    ]);
  });

  test.for([
    ["longer", [{ path: { value: "/" } }, { path: { type: "Exact", value: "/a" } }], 1],
    ["of a method", [{}, { method: "GET" }], 1],
    [
      "of more headers",
      [
        { headers: [{ name: "a", value: "1" }] },
        {
          headers: [
            { name: "a", value: "1" },
            { name: "b", value: "2" },
          ],
        },
      ],
      1,
    ],
    [
      "of other requests",
      [
        { path: { type: "Exact", value: "/b" }, method: "GET" },
        { path: { type: "Exact", value: "/a/long" } },
      ],
      0,
    ],
    ["of another method", [{ method: "GET" }, { method: "PUT", path: { type: "Exact", value: "/a" } }], 0],
    ["less specific", [{ path: { type: "Exact", value: "/a" } }, {}], 0],
  ] as const)("behind one that takes its requests is told where it is %s", ([, matches, times]) => {
    const { told } = imported(
      gateway(),
      route({ rules: matches.map((match, k) => ({ matches: [match], backendRefs: [{ name: `v${k}` }] })) }),
    );
    expect(told).toEqual(Array(times).fill("HTTPRoute default/rates spec.rules[1].matches[0] approximated"));
  });

  test("of nothing takes everything", () => {
    expect(rulesOf({ matches: [{}], backendRefs })).toEqual([
      { match: { path: { prefix: "/", caseSensitive: false } }, action: toGroup },
    ]);
  });

  test.for([
    ["a prefix", { path: { value: "/v1" } }, "path"],
    ["a prefix that ends with a slash", { path: { value: "/v1/" } }, "path"],
    ["a header's value with letters", { headers: [{ name: "version", value: "Two" }] }, "headers[0].value"],
  ] as const)("by %s is told to be nearly the same", ([, match, field]) => {
    const { told } = imported(gateway(), route({ rules: [{ matches: [match], backendRefs }] }));
    expect(told).toEqual([`HTTPRoute default/rates spec.rules[0].matches[0].${field} approximated`]);
  });

  test.for([
    ["a path's pattern", { path: { type: "RegularExpression", value: "/v[12]" } }, "path.type"],
    [
      "a header's pattern",
      { headers: [{ type: "RegularExpression", name: "a", value: "1" }] },
      "headers[0].type",
    ],
    ["the query", { queryParams: [{ name: "v", value: "2" }] }, "queryParams"],
    ["a path with what Lattice takes for no path", { path: { type: "Exact", value: "/a b" } }, ""],
    ["six headers", { headers: [1, 2, 3, 4, 5, 6].map((n) => ({ name: `h${n}`, value: "1" })) }, ""],
  ] as const)("by %s is left out, the others of its rule stay", ([, match, field]) => {
    const kept = { path: { type: "Exact", value: "/kept" } };
    const rules = [{ matches: [match, kept], backendRefs }];
    const { read, told } = imported(gateway(), route({ rules }));
    expect(read.services["rates-default"]?.listeners.http?.rules.map((rule) => rule.match)).toEqual([
      { path: { exact: "/kept", caseSensitive: true } },
    ]);
    expect(told).toEqual([
      `HTTPRoute default/rates ${["spec.rules[0].matches[0]", field].filter(Boolean).join(".")} skipped`,
    ]);
  });

  test.for([
    ["nothing", {}, { prefix: "/", caseSensitive: false }],
    ["a service", { method: { service: "hotel.Rates" } }, { prefix: "/hotel.Rates/", caseSensitive: true }],
    [
      "a method",
      { method: { service: "hotel.Rates", method: "Get" } },
      { exact: "/hotel.Rates/Get", caseSensitive: true },
    ],
  ] as const)("of a GRPCRoute by %s is a POST of its path", ([, match, path]) => {
    const secured = gateway({ listeners: [{ name: "https", protocol: "HTTPS", port: 443 }] });
    const { read } = imported(
      secured,
      route({ rules: [{ matches: [match], backendRefs }] }, {}, "GRPCRoute"),
    );
    expect(read.services["rates-default"]?.listeners.https?.rules.map((rule) => rule.match)).toEqual([
      { method: "POST", path },
    ]);
    expect(Object.values(read.targetGroups)).toMatchObject([{ protocolVersion: "GRPC" }]);
  });

  test("of a GRPCRoute by the method of any service is left out", () => {
    const secured = gateway({ listeners: [{ name: "https", protocol: "HTTPS", port: 443 }] });
    const rules = [{ matches: [{ method: { method: "Get" } }], backendRefs }];
    const { told } = imported(secured, route({ rules }, {}, "GRPCRoute"));
    expect(told).toEqual(["GRPCRoute default/rates spec.rules[0].matches[0].method skipped"]);
  });
});

describe("what a rule does", () => {
  const action = (...refs: object[]) => rulesOf({ backendRefs: refs })?.[0]?.action;

  test("is to forward by the weights of its backends, one each where none is said", () => {
    expect(action({ name: "a", port: 80, weight: 9 }, { name: "b", port: 80 })).toEqual({
      forward: { "k8s-default-a": 9, "k8s-default-b": 1 },
    });
  });

  test("is to forward in proportion where a weight is over Lattice's, and nobody is left with none", () => {
    const refs = [
      { name: "a", port: 80, weight: 1_000_000 },
      { name: "b", port: 80, weight: 500_000 },
      { name: "c", port: 80, weight: 1 },
      { name: "d", port: 80, weight: 0 },
    ];
    expect(action(...refs)).toEqual({
      forward: { "k8s-default-a": 999, "k8s-default-b": 500, "k8s-default-c": 1, "k8s-default-d": 0 },
    });
  });

  test("is to forward to its one backend, whatever its weight", () => {
    const rules = [{ backendRefs: [{ name: "a", port: 80, weight: 5000 }] }];
    const { document, told } = imported(gateway(), route({ rules }));
    expect(document.services?.["rates-default"]?.listeners?.http?.rules?.[0]?.action).toEqual({
      forward: "k8s-default-a",
    });
    expect(told).toEqual([]);
  });

  test.for([
    ["has no backends", []],
    ["has backends of no weight", [{ name: "a", weight: 0 }]],
    ["has backends of another kind only", [{ name: "a", kind: "Bucket" }]],
  ] as const)("is to answer 500 where it %s", ([, refs]) => {
    expect(action(...refs)).toEqual({ fixedResponse: 500 });
  });

  test("is told without its filters; a redirect leaves nothing of the rule", () => {
    const filters = [{ type: "URLRewrite", urlRewrite: { hostname: "a" } }];
    const redirect = [{ type: "RequestRedirect", requestRedirect: { scheme: "https" } }];
    const rules = [{ filters, backendRefs }, { filters: redirect }];
    const { read, told } = imported(gateway(), route({ rules }));
    expect(read.services["rates-default"]?.listeners.http?.rules).toHaveLength(1);
    expect(told).toEqual([
      "HTTPRoute default/rates spec.rules[0].filters[0] skipped",
      "HTTPRoute default/rates spec.rules[1].filters[0] skipped",
    ]);
  });

  test("is told without what the document has no word for", () => {
    const rules = [{ backendRefs, timeouts: { request: "10s" } }];
    expect(imported(gateway(), route({ rules })).told).toEqual([
      "HTTPRoute default/rates spec.rules[0].timeouts skipped",
    ]);
  });
});

describe("a target group", () => {
  test("serves one route: two that forward to one Service have one each", () => {
    const other = route({}, { name: "prices" });
    expect(Object.keys(imported(gateway(), route(), other).read.targetGroups)).toEqual([
      "k8s-default-rates-v1",
      "k8s-default-rates-v1-8080",
    ]);
  });

  test("of an import is one of the document's, in the VPC that the import names, and told", () => {
    const annotations = { "application-networking.k8s.aws/aws-vpc": "vpc-0123456789abcdef0" };
    const written = { kind: "ServiceImport", metadata: { name: "rates-v2", annotations }, spec: {} };
    const rules = [{ backendRefs: [{ name: "rates-v2", kind: "ServiceImport" }] }];
    const { read, told } = imported(gateway(), written, route({ rules }));
    expect(read.targetGroups["k8s-default-rates-v2"]).toMatchObject({ vpc: "vpc-0123456789abcdef0" });
    expect(told).toEqual(["HTTPRoute default/rates spec.rules[0].backendRefs[0] approximated"]);
  });

  test("has IPv6 addresses where its Service has", () => {
    const service = { kind: "Service", metadata: { name: "rates-v1" }, spec: { ipFamilies: ["IPv6"] } };
    expect(imported(gateway(), service, route()).read.targetGroups).toMatchObject({
      "k8s-default-rates-v1": { ipAddressType: "IPV6" },
    });
  });

  test("is as its policy says", () => {
    const healthCheck = {
      ...{ enabled: true, intervalSeconds: 5, timeoutSeconds: 1, healthyThresholdCount: 3 },
      ...{ unhealthyThresholdCount: 2, path: "/health", port: 80, protocol: "HTTP", statusMatch: "200-299" },
    };
    const spec = { protocol: "HTTPS", protocolVersion: "HTTP2", healthCheck };
    const { read, told } = imported(
      gateway({ listeners: [{ name: "https", protocol: "HTTPS", port: 443 }] }),
      route(),
      policy("TargetGroupPolicy", { kind: "Service", name: "rates-v1" }, spec),
    );
    expect(read.targetGroups["k8s-default-rates-v1"]).toMatchObject({
      protocol: "HTTPS",
      protocolVersion: "HTTP2",
      healthCheck: { path: "/health", healthyThreshold: 3, unhealthyThreshold: 2, matcher: "200-299" },
    });
    expect(told).toEqual([]);
  });

  test("that speaks HTTP/2 is not behind HTTP", () => {
    const http2 = policy(
      "TargetGroupPolicy",
      { kind: "Service", name: "rates-v1" },
      { protocolVersion: "HTTP2" },
    );
    const { document, told } = imported(gateway(), route(), http2);
    expect(document.targetGroups).toEqual({});
    expect(told).toEqual(["HTTPRoute default/rates spec.rules[0] skipped"]);
  });

  test("has Lattice's health check where its policy's is none", () => {
    const spec = { healthCheck: { intervalSeconds: 1 } };
    const wrong = policy("TargetGroupPolicy", { kind: "Service", name: "rates-v1" }, spec);
    const { read, notExpressed } = imported(gateway(), route(), wrong);
    expect(read.targetGroups["k8s-default-rates-v1"]).not.toHaveProperty("healthCheck");
    expect(notExpressed).toMatchObject([
      { field: "spec.healthCheck", why: expect.stringContaining("intervalSeconds is 1; ") },
    ]);
  });
});

describe("a policy", () => {
  const toGateway = { kind: "Gateway", name: "my-hotel" };
  const allow = { Statement: [{ Effect: "Allow", Principal: "*", Action: "*", Resource: "*" }] };
  const logs = "arn:aws:logs:us-east-1:123456789012:log-group:hotel:*";

  test("of a Gateway is the network's: who may call, which VPC, where the logs go", () => {
    const { document, told } = imported(
      gateway(),
      policy("IAMAuthPolicy", toGateway, { policy: JSON.stringify(allow) }),
      policy("VpcAssociationPolicy", toGateway, { securityGroupIds: ["sg-1"], associateWithVpc: true }),
      policy("AccessLogPolicy", toGateway, { destinationArn: logs }),
      policy("AccessLogPolicy", toGateway, { destinationArn: "arn:aws:s3:::hotel-logs" }, "to-s3"),
    );
    expect(document.networks).toEqual({
      "my-hotel": {
        authType: "AWS_IAM",
        policy: allow,
        vpcs: [{ vpc: clusterVpc, securityGroups: ["sg-1"] }],
        accessLogs: [logs, "arn:aws:s3:::hotel-logs"],
      },
    });
    expect(told).toEqual([]);
  });

  test("of a route is the service's", () => {
    const toRoute = { kind: "HTTPRoute", name: "rates" };
    const { read } = imported(
      gateway(),
      route(),
      policy("IAMAuthPolicy", toRoute, { policy: JSON.stringify(allow) }),
      policy("AccessLogPolicy", toRoute, { destinationArn: logs }),
    );
    expect(read.services["rates-default"]).toMatchObject({
      authType: "AWS_IAM",
      policy: allow,
      accessLogs: [logs],
    });
  });

  test.for([
    ["no JSON", "{"],
    ["no policy", '{"Statement":[{"Effect":"allow"}]}'],
    ["over 10 KB", JSON.stringify({ Statement: [{ ...allow.Statement[0], Resource: "a".repeat(10_240) }] })],
  ])("that is %s lets nobody in rather than everybody", ([, text]) => {
    const { document, told } = imported(gateway(), policy("IAMAuthPolicy", toGateway, { policy: text }));
    expect(document.networks).toEqual({ "my-hotel": { authType: "AWS_IAM" } });
    expect(told).toEqual(["IAMAuthPolicy default/policy spec.policy skipped"]);
  });

  test("that takes the VPC out of a network leaves it without", () => {
    const out = policy("VpcAssociationPolicy", toGateway, { associateWithVpc: false });
    expect(imported(gateway(), out).document.networks).toEqual({ "my-hotel": {} });
  });

  test("for a second network of the one VPC is left out", () => {
    const other = gateway({}, { name: "our-motel" });
    const { read, told } = imported(
      gateway(),
      other,
      policy("VpcAssociationPolicy", toGateway, {}),
      policy("VpcAssociationPolicy", { kind: "Gateway", name: "our-motel" }, {}, "second"),
    );
    expect(Object.values(read.networks)).toMatchObject([{ vpcs: [{ vpc: "vpc-00000000" }] }, { vpcs: [] }]);
    expect(told).toEqual(["VpcAssociationPolicy default/second spec skipped"]);
  });

  test("of another namespace than what it is attached to has no effect", () => {
    const foreign = policy(
      "IAMAuthPolicy",
      { ...toGateway, namespace: "default" },
      { policy: JSON.stringify(allow) },
    );
    const elsewhere = { ...foreign, metadata: { ...foreign.metadata, namespace: "other" } };
    const { document, told } = imported(gateway(), elsewhere);
    expect(document.networks).toEqual({ "my-hotel": {} });
    expect(told).toEqual(["IAMAuthPolicy other/policy spec.targetRef skipped"]);
  });

  test("is the oldest one where there are several, and told where there is nothing to attach it to", () => {
    const old = policy("IAMAuthPolicy", toGateway, { policy: JSON.stringify(allow) }, "z-old");
    const aged = { ...old, metadata: { ...old.metadata, creationTimestamp: "2026-01-01T00:00:00Z" } };
    const { read, told } = imported(
      gateway(),
      policy("IAMAuthPolicy", toGateway, { policy: "{" }, "a-young"),
      aged,
      policy("AccessLogPolicy", { kind: "HTTPRoute", name: "nowhere" }, { destinationArn: logs }),
    );
    expect(read.networks["my-hotel"]).toMatchObject({ policy: allow });
    expect(told).toEqual([
      "IAMAuthPolicy default/a-young spec.targetRef skipped",
      "AccessLogPolicy default/policy spec.targetRef skipped",
    ]);
  });
});

describe("what is not understood", () => {
  test("is what others call by the same names", () => {
    const istio = { ...gateway(), apiVersion: "networking.istio.io/v1", spec: { selector: {} } };
    const knative = {
      kind: "Service",
      apiVersion: "serving.knative.dev/v1",
      metadata: { name: "rates-v1" },
      spec: {},
    };
    const ours = { ...gateway(), apiVersion: "gateway.networking.k8s.io/v1" };
    const { read, told } = imported(ours, istio, knative, route());
    expect(Object.keys(read.networks)).toEqual(["my-hotel"]);
    expect(read.services["rates-default"]?.networks).toEqual(["my-hotel"]);
    expect(told).toEqual(["Gateway default/my-hotel  skipped", "Service default/rates-v1  skipped"]);
  });

  test("is told by name, and stops nothing", () => {
    const { told } = imported(
      { kind: "Kustomization", resources: [] },
      { kind: "Gateway", metadata: { generateName: "hotel-" }, spec: {} },
      { kind: "Deployment", metadata: { name: "rates" }, spec: { replicas: 2 } },
      { kind: "HTTPRoute", metadata: { name: "torn" }, spec: { rules: "none" } },
      gateway({ addresses: [{ value: "10.0.0.1" }] }),
      route({}, { annotations: { "application-networking.k8s.aws/rule-0-priority": "7" } }),
    );
    expect(told).toEqual([
      "Kustomization default/  skipped",
      "Gateway default/  skipped",
      "Deployment default/rates  skipped",
      "Gateway default/my-hotel spec.addresses skipped",
      "HTTPRoute default/torn spec.rules skipped",
      'HTTPRoute default/rates metadata.annotations["application-networking.k8s.aws/rule-0-priority"] skipped',
    ]);
  });
});

describe("a manifest that comes twice", () => {
  test("is what it is the last time, as where both are applied", () => {
    const renamed = route({ rules: [{ backendRefs: [{ name: "rates-v2", port: 80 }] }] });
    const { read, told } = imported(gateway(), route(), renamed);
    expect(Object.keys(read.targetGroups)).toEqual(["k8s-default-rates-v2"]);
    expect(told).toEqual(["HTTPRoute default/rates  skipped"]);
  });
});

describe("what is told", () => {
  test("comes in the order of the manifests, each thing once", () => {
    const text = (name: string) => `
kind: HTTPRoute
metadata: { name: ${name} }
spec: { parentRefs: [{ name: my-hotel }], rules: [{ filters: [{ type: CORS }], timeouts: { request: 1s } }] }
---
kind: Pod
metadata: { name: ${name} }
`;
    const https = { name: "https", protocol: "HTTPS", port: 443 };
    const both = gateway({ listeners: [{ name: "http", protocol: "HTTP", port: 80 }, https] });
    const read = [
      ...manifests(both),
      ...readManifests(text("a"), "a.yaml"),
      ...readManifests(text("b"), "b.yaml"),
    ];
    const { notExpressed } = importGatewayApi(read, { name: "hotel", vpc: clusterVpc });
    expect(notExpressed.map(({ place, field }) => `${place} ${field}`)).toEqual(
      ["a", "b"].flatMap((name) => [
        `${name}.yaml:2 spec.rules[0].timeouts`,
        `${name}.yaml:2 spec.parentRefs[0]`,
        `${name}.yaml:2 spec.rules[0].filters[0]`,
        `${name}.yaml:6 `,
      ]),
    );
  });
});

describe("a file of manifests", () => {
  test("may have several documents and lists, and nulls for what is not there", () => {
    const text = `
kind: Gateway
metadata: { name: my-hotel, creationTimestamp: null }
spec: { gatewayClassName: amazon-vpc-lattice, listeners: null }
---
---
kind: List
items:
  - kind: Namespace
    metadata: { name: hotel }
  - { kind: HTTPRoute, metadata: { name: rates, namespace: hotel }, spec: {} }
`;
    expect(
      readManifests(text, "hotel.yaml").map(({ place, kind, metadata }) => [place, kind, metadata.namespace]),
    ).toEqual([
      ["hotel.yaml:2", "Gateway", "default"],
      ["hotel.yaml:9", "Namespace", "default"],
      ["hotel.yaml:11", "HTTPRoute", "hotel"],
    ]);
    expect(readManifests(text, "hotel.yaml", "other").map(({ metadata }) => metadata.namespace)).toEqual([
      "other",
      "other",
      "hotel",
    ]);
  });

  test.for([
    ["a torn line", "kind: [\n", /^hotel\.yaml: .+ at line 2, column 1$/],
    [
      "prose",
      "kind: Gateway\nmetadata: { name: a }\n---\nonly words\n",
      /^hotel\.yaml: no Kubernetes manifest.+ at line 4$/,
    ],
    [
      "no kind",
      "metadata: { name: a }\n",
      /^hotel\.yaml: no Kubernetes manifest: kind: a manifest has a kind at line 1$/,
    ],
  ] as const)("is refused with its name and the line where there is %s", ([, text, message]) => {
    expect(() => readManifests(text, "hotel.yaml")).toThrow(message);
  });
});
