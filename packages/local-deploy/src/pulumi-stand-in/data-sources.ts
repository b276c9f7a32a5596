import { createHash } from "node:crypto";
import type { Place } from "../graph/place.ts";

type Properties = Record<string, unknown>;

/** What a data source answers in an account at this place. Throws for one that no answer is known for. */
export function answerOf(token: string, inputs: Properties, place: Place): Properties {
  const answer = answers[token];
  if (!answer) throw new Error(`the stand-in has no answer for the data source ${token}`);
  return answer(inputs, place);
}

const answers: Readonly<Record<string, (inputs: Properties, place: Place) => Properties>> = {
  "aws:index/getPartition:getPartition": () => ({
    id: "aws",
    partition: "aws",
    dnsSuffix: "amazonaws.com",
    reverseDnsPrefix: "com.amazonaws",
  }),
  "aws:index/getRegion:getRegion": (_, { region }) => ({ id: region, region, name: region }),
  "aws:index/getCallerIdentity:getCallerIdentity": (_, { account }) => ({
    id: account,
    accountId: account,
    arn: `arn:aws:iam::${account}:root`,
    userId: account,
  }),
  "aws:index/getAvailabilityZones:getAvailabilityZones": (_, { region }) => ({
    id: region,
    names: ["a", "b", "c"].map((zone) => region + zone),
    zoneIds: ["az1", "az2", "az3"],
  }),
  "aws:route53/getZone:getZone": (inputs) => ({
    ...inputs,
    id: "Z0123456789ABCDEFGHIJ",
    zoneId: "Z0123456789ABCDEFGHIJ",
  }),
  "aws:ssm/getParameter:getParameter": ({ name }) => {
    if (!String(name).startsWith("/aws/service/ami-"))
      throw new Error(`the stand-in knows no parameter ${name}`);
    return { id: name, name, value: "ami-0123456789abcdef0" };
  },
  "aws:ec2/getManagedPrefixList:getManagedPrefixList": (inputs) => ({
    ...inputs,
    id: `pl-${createHash("sha256").update(String(inputs.name)).digest("hex").slice(0, 17)}`,
  }),
  "aws:vpclattice/getService:getService": (inputs, { region }) => ({
    ...inputs,
    id: `svc-${inputs.name}`,
    dnsEntries: [
      {
        domainName: `${inputs.name}.vpc-lattice-svcs.${region}.on.aws`,
        hostedZoneId: "Z0123456789ABCDEFGHIJ",
      },
    ],
  }),
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": (_, { account, region }) => ({
    id: region,
    userName: "AWS",
    password: "none",
    proxyEndpoint: `https://${account}.dkr.ecr.${region}.amazonaws.com`,
  }),
  "aws:iam/getPolicyDocument:getPolicyDocument": (inputs) => {
    const json = policyDocument(inputs.statements as readonly Statement[] | undefined);
    return {
      ...inputs,
      id: createHash("sha256").update(json).digest("hex").slice(0, 10),
      json,
      minifiedJson: json,
    };
  },
};

interface Statement {
  readonly sid?: string;
  readonly effect?: string;
  readonly actions?: readonly string[];
  readonly resources?: readonly string[];
  readonly principals?: readonly { type: string; identifiers: readonly string[] }[];
  readonly conditions?: readonly { test: string; variable: string; values: readonly string[] }[];
}

function policyDocument(statements: readonly Statement[] = []): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: statements.map(({ sid, effect = "Allow", actions, resources, principals, conditions }) => ({
      Sid: sid,
      Effect: effect,
      Action: actions,
      Resource: resources,
      Principal: principals && Object.fromEntries(principals.map((p) => [p.type, p.identifiers])),
      Condition: conditions && conditionsByTest(conditions),
    })),
  });
}

/** Conditions of one test stand under one key, since a second key of the same name would replace the first. */
function conditionsByTest(conditions: NonNullable<Statement["conditions"]>) {
  const byTest: Record<string, Record<string, readonly string[]>> = {};
  for (const { test, variable, values } of conditions) byTest[test] = { ...byTest[test], [variable]: values };
  return byTest;
}
