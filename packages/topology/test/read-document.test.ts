import { describe, expect, test } from "vitest";
import { readDocument, TopologyRefused } from "../src/index.ts";
import { group, writtenStall } from "./build-document.ts";

// biome-ignore lint/suspicious/noExplicitAny: what is written may be anything, wrong things too.
type Spoil = (document: any) => void;

const cases: [string, Spoil, string][] = [
  [
    "a priority of 0",
    (d) => (d.services.fruit.listeners.http.rules[0].priority = 0),
    "services.fruit.listeners.http.rules[0].priority is 0; a priority is a whole number from 1 to 100",
  ],
  [
    "a weight above 999",
    (d) => (d.services.fruit.listeners.http.defaultAction.forward["fruit-v1"] = 1000),
    "services.fruit.listeners.http.defaultAction.forward.fruit-v1 is 1000; a weight is a whole number from 0 to 999",
  ],
  [
    "only weights of 0",
    (d) => (d.services.fruit.listeners.http.defaultAction.forward = { "fruit-v1": 0 }),
    'services.fruit.listeners.http.defaultAction.forward is {"fruit-v1":0}; at least one weight is above 0',
  ],
  [
    "an answer that Lattice cannot give",
    (d) => (d.services.fruit.listeners.http.defaultAction = { fixedResponse: 403 }),
    "services.fruit.listeners.http.defaultAction.fixedResponse is 403; a fixed response is 404 or 500",
  ],
  [
    "a rule without conditions",
    (d) => (d.services.fruit.listeners.http.rules[0].match = {}),
    "services.fruit.listeners.http.rules[0].match is {}; a rule has at least one condition: path, method or headers",
  ],
  [
    "a path without a slash",
    (d) => (d.services.fruit.listeners.http.rules[0].match.path = { exact: "apples" }),
    'services.fruit.listeners.http.rules[0].match.path.exact is "apples"; a path begins with / and has letters, digits and @:%_+.~#?&/=- only',
  ],
  [
    "a name with a capital",
    (d) => (d.services.Fruit = {}),
    "services.Fruit is not a name to use: the name of a service has 3 to 40 lower-case letters, digits and single hyphens between them, and does not begin with svc-",
  ],
  [
    "an unknown field",
    (d) => (d.services.fruit.network = ["market"]),
    "services.fruit.network is not known here",
  ],
  [
    "an unknown network",
    (d) => (d.services.fruit.networks = ["supermarket"]),
    'services.fruit.networks[0] is "supermarket"; no such network is in the document, there are: market',
  ],
  [
    "an unknown target group",
    (d) => (d.services.fruit.listeners.http.defaultAction.forward = "fruit-v3"),
    'services.fruit.listeners.http.defaultAction.forward names "fruit-v3"; no such target group is in the document, there are: fruit-v1, fruit-v2',
  ],
  [
    "two rules of one priority",
    (d) =>
      d.services.fruit.listeners.http.rules.push({
        ...d.services.fruit.listeners.http.rules[0],
        name: "pears",
      }),
    "services.fruit.listeners.http.rules[1].priority is 10, as rules[0]'s is",
  ],
  [
    "two rules of one name",
    (d) =>
      d.services.fruit.listeners.http.rules.push({
        ...d.services.fruit.listeners.http.rules[0],
        priority: 11,
      }),
    'services.fruit.listeners.http.rules[1].name is "apples", as rules[0]\'s is',
  ],
  [
    "two listeners on one port",
    (d) =>
      (d.services.fruit.listeners.other = {
        protocol: "HTTP",
        port: 80,
        defaultAction: { fixedResponse: 404 },
      }),
    "services.fruit.listeners.other.port is 80, as another listener's is",
  ],
  [
    "a target group of two services",
    (d) =>
      (d.services.juice = {
        listeners: { http: { protocol: "HTTP", defaultAction: { forward: "fruit-v1" } } },
      }),
    'services.juice.listeners.http.defaultAction.forward names "fruit-v1", which the service "fruit" uses; a target group serves one service',
  ],
  [
    "a target group without targets",
    (d) => (d.targetGroups["fruit-v1"].targets = []),
    "targetGroups.fruit-v1.targets is []; a target group has targets",
  ],
  [
    "a port that is none behind an address",
    (d) => (d.targetGroups["fruit-v1"].targets = ["10.0.0.1:70000"]),
    "targetGroups.fruit-v1.targets[0].port is 70000; a port is a whole number from 1 to 65535",
  ],
  [
    "two functions in one group",
    (d) => (d.targetGroups.press = { type: "LAMBDA", targets: ["arn:aws:lambda:a", "arn:aws:lambda:b"] }),
    "targetGroups.press.targets has 2 items; a group of type LAMBDA has exactly one",
  ],
  [
    "a target group without a VPC",
    (d) => delete d.targetGroups["fruit-v1"].vpc,
    "targetGroups.fruit-v1.vpc is missing; a VPC is named by its id, vpc-…",
  ],
  [
    "one VPC in two networks",
    (d) => (d.networks.bazaar = { vpcs: d.networks.market.vpcs }),
    'networks.bazaar.vpcs[0].vpc is "vpc-0000000000000000a", which is in the network "market"; a VPC is in one',
  ],
  [
    "a policy that is none",
    (d) => (d.networks.market.policy.Statement[0].Effect = "allow"),
    'networks.market.policy: Statement[0].Effect is "allow"; it is Allow or Deny',
  ],
  [
    "a policy about a service that is not there",
    (d) => (d.networks.market.policy.Statement[0].Resource = "$" + "{service:juice.arn}/*"),
    'networks.market.policy refers to the service "juice"; there are: fruit',
  ],
  [
    "a policy over 10 KB",
    (d) => (d.networks.market.policy.Id = "x".repeat(10_240)),
    "networks.market.policy has 10460 bytes; an auth policy has at most 10240",
  ],
  [
    "a grant that is none",
    (d) => (d.networks.market.policy = { allow: ["role order GET /stock"] }),
    'networks.market.policy.allow[0] is "role order GET /stock"; a grant is WHO, METHOD /path, as in "role order, GET /stock/*" or, in a network\'s policy, "anyone, any /health of payment"',
  ],
  [
    "a grant of nobody",
    (d) => (d.services.fruit.policy = { deny: ["everyone, GET /stock"] }),
    'services.fruit.policy.deny[0] is "everyone, GET /stock"; who is anyone, signed, role NAME, role ARN, account 12-DIGITS, org o-… or vpc vpc-…',
  ],
  [
    "a grant about a service that is not there",
    (d) => (d.networks.market.policy = { allow: ["anyone, any /*", "anyone, any /* of juice"] }),
    'networks.market.policy.allow[1] is "anyone, any /* of juice"; no such service is in the document, there are: fruit',
  ],
  [
    "a grant about another service in a service's policy",
    (d) => (d.services.fruit.policy = { allow: ["anyone, any /* of fruit"] }),
    'services.fruit.policy.allow[0] is "anyone, any /* of fruit"; the policy of a service is about that service, without "of"',
  ],
  [
    "short grants that grant nothing",
    (d) => (d.services.fruit.policy = { allow: [] }),
    'services.fruit.policy is {"allow":[],"deny":[]}; a policy has a grant at least',
  ],
  [
    "a network that is neither made nor named",
    (d) => (d.networks.far = { arn: "sn-1" }),
    'networks.far.arn is "sn-1"; a network of another account is named by its ARN, arn:aws:vpc-lattice:…:servicenetwork/sn-…',
  ],
  [
    "an unknown word about a network",
    (d) => (d.networks.market.authtype = "NONE"),
    "networks.market.authtype is not known here",
  ],
  [
    "an access log to nowhere",
    (d) => (d.networks.market.accessLogs = ["arn:aws:sqs:us-east-1:123456789012:logs"]),
    'networks.market.accessLogs[0] is "arn:aws:sqs:us-east-1:123456789012:logs"; an access log goes to the ARN of a log group of CloudWatch, of an S3 bucket or of a Firehose delivery stream',
  ],
  [
    "two access logs of one kind",
    (d) => (d.services.fruit.accessLogs = ["arn:aws:s3:::one", "arn:aws:s3:::two"]),
    'services.fruit.accessLogs[1] is "arn:aws:s3:::two", as accessLogs[0] is of its kind; there is one log group, one bucket and one delivery stream at most',
  ],
  [
    "a share with nobody",
    (d) => (d.services.fruit.share = { principals: [] }),
    "services.fruit.share.principals is []; a share has a principal at least; leave it out to share with nobody",
  ],
  [
    "a share with a name",
    (d) => (d.services.fruit.share = { principals: ["them"] }),
    'services.fruit.share.principals[0] is "them"; it is shared with an account, by its 12 digits, or with an organization or a unit of one, by its ARN',
  ],
  [
    "a domain of one label",
    (d) => (d.services.fruit.domain = { name: "Fruit" }),
    'services.fruit.domain.name is "Fruit"; a domain is lower-case labels with dots between, as in payment.shop.example',
  ],
  [
    "one domain of two services in a network",
    (d) => {
      d.services.fruit.domain = { name: "fruit.example" };
      d.services.juice = { networks: ["market"], domain: { name: "fruit.example" } };
    },
    'services.juice.domain.name is "fruit.example", as the service "fruit"\'s is, which is in the same network',
  ],
  [
    "no name",
    (d) => delete d.name,
    "name is missing; the name of a topology has 1 to 63 lower-case letters, digits and single hyphens between them",
  ],
];

const problemsOf = (document: unknown): string[] => {
  try {
    readDocument(document, "stall.yaml");
  } catch (error) {
    if (error instanceof TopologyRefused) return error.message.split("\n");
    throw error;
  }
  return [];
};

describe("a topology document", () => {
  test.for(cases)("with %s is refused, and told where", ([, spoil, problem]) => {
    const document = writtenStall();
    spoil(document);
    expect(problemsOf(document)).toEqual([`stall.yaml: ${problem}`]);
  });

  test("with several mistakes is told all of them", () => {
    const document = writtenStall();
    document.networks.market.authType = "IAM";
    document.targetGroups["fruit-v1"].port = 70_000;
    expect(problemsOf(document)).toEqual([
      'stall.yaml: networks.market.authType is "IAM"; an authType is one of NONE, AWS_IAM',
      "stall.yaml: targetGroups.fruit-v1.port is 70000; a port is a whole number from 1 to 65535",
    ]);
  });

  test("with wrong names is told what else is wrong, in things that have them and elsewhere", () => {
    const document = writtenStall();
    document.name = "No_Name";
    document.services.Juice = { networks: ["supermarket"], idleTimeoutSeconds: 1 };
    document.networks.BAD = {};
    document.services.fruit.networks = ["market", "BAD"];
    document.services.tea = {
      listeners: { http: { protocol: "HTTP", defaultAction: { forward: "leaves" } } },
    };
    expect(problemsOf(document)).toEqual([
      expect.stringMatching(/^stall\.yaml: name is "No_Name"; /),
      expect.stringMatching(/^stall\.yaml: networks\.BAD is not a name to use: /),
      expect.stringMatching(
        /^stall\.yaml: services\.fruit\.networks\[1] is "BAD"; the name of a service network /,
      ),
      expect.stringMatching(/^stall\.yaml: services\.Juice is not a name to use: /),
      expect.stringMatching(/^stall\.yaml: services\.Juice\.idleTimeoutSeconds is 1; /),
      expect.stringMatching(/^stall\.yaml: services\.tea\..+\.forward names "leaves"; no such target group/),
    ]);
  });

  test.for([[null], ["text"], [[]], [7]])("that is %j is refused", ([value]) => {
    expect(problemsOf(value)).toHaveLength(1);
  });

  test("is the same when what was read is read again", () => {
    const once = readDocument(writtenStall());
    expect(readDocument(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });

  test("may write a target with its port", () => {
    const document = writtenStall();
    document.targetGroups["fruit-v1"] = group("10.0.0.1:8080", "[fd00::1]:8081", "fd00::2");
    expect(readDocument(document).targetGroups["fruit-v1"]?.targets).toEqual([
      { id: "10.0.0.1", port: 8080 },
      { id: "fd00::1", port: 8081 },
      { id: "fd00::2" },
    ]);
  });
});
