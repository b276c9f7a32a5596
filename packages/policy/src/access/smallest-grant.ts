import type { AccessRequest } from "../access-request.ts";
import type { Statement } from "../document.ts";
import type { StatementExplained } from "../explain.ts";
import type { Judgement, Layer, LayerName } from "./judge.ts";
import { literal } from "./literal.ts";

/** A statement, and the policy that it has to be added to: one of version 2012-10-17, attached where there is none yet. */
export interface Grant {
  readonly layer: LayerName;
  readonly policy: string;
  readonly statement: Statement;
}

/** What has to change for a call to be allowed. While one of `denies` applies, no grant helps. */
export interface Missing {
  readonly denies: readonly StatementExplained[];
  readonly grants: readonly Grant[];
}

/**
 * The least that would allow a call which was denied: this caller, this method, this path, nothing else. An unsigned call is
 * let in from its VPC only, where that is known.
 */
export function smallestGrant({ layers }: Judgement, request: AccessRequest): Missing {
  const explained = layers.flatMap((layer) => (layer.says.type === "explained" ? [layer.says] : []));
  return {
    denies: explained.flatMap(({ needed }) => needed?.denies ?? []),
    grants: layers.filter(isMissing).map(({ layer, called }) => ({
      layer,
      policy: called,
      statement: statementFor(layer, request),
    })),
  };
}

const isMissing = ({ says }: Layer) => says.type === "explained" && says.needed?.allow.type === "missing";

function statementFor(layer: LayerName, { principal, action, resource, context }: AccessRequest): Statement {
  const only = (key: string) => {
    const value = context[key];
    return typeof value === "string" ? { [key]: literal(value) } : {};
  };
  const unsigned = principal.type === "anonymous";
  const conditions = {
    ...only("vpc-lattice-svcs:RequestMethod"),
    ...(unsigned ? { "aws:PrincipalType": "Anonymous", ...only("vpc-lattice-svcs:SourceVpc") } : {}),
  };
  return {
    Effect: "Allow",
    ...(layer === "identity" ? {} : { Principal: principalFor(principal) }),
    Action: action,
    Resource: literal(resource),
    ...(Object.keys(conditions).length > 0 ? { Condition: { StringEquals: conditions } } : {}),
  };
}

function principalFor(principal: AccessRequest["principal"]): NonNullable<Statement["Principal"]> {
  switch (principal.type) {
    case "anonymous":
      return "*";
    case "service":
      return { Service: principal.service };
    case "aws":
      return { AWS: principal.roleArn ?? principal.arn };
  }
}
