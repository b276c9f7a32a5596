import { accessRequest } from "../access/call.ts";
import { policiesOf } from "../access/judge.ts";
import { outlook } from "../access/outlook.ts";
import type { GuardedService, Premises } from "../access/premises.ts";
import { canBeginWith } from "../access/rest-of-pattern.ts";
import type { PolicyDocument, Statement } from "../document.ts";
import { listOf } from "../one-or-many.ts";
import { namedPrincipals } from "./named-principals.ts";
import { seenCaller } from "./seen-caller.ts";
import type { Seen } from "./seen-request.ts";

/** What a policy allows and nobody used: a statement, or one of the values that it lists. */
export interface Unused {
  readonly policy: string;
  /** Counted from 0. */
  readonly statement: number;
  readonly sid?: string;
  readonly what:
    | { readonly type: "statement" }
    | { readonly type: "value"; readonly element: string; readonly value: string };
}

const method = "vpc-lattice-svcs:RequestMethod";

/** What the policies of a service and its networks allow to be done with it, and none of the requests did. */
export function unusedGrants(premises: Premises, service: GuardedService, seen: readonly Seen[]): Unused[] {
  const used = seen.filter((request) => request.allowed && request.service === service.arn);
  const networks = premises.networks.filter(({ services }) => services.includes(service.arn));
  const policies = [
    ...policiesOf(`the auth policy of service ${service.name}`, service.guard),
    ...networks.flatMap(({ name, guard }) => policiesOf(`the auth policy of network ${name}`, guard)),
  ];
  const roles = namedPrincipals(policies.map(({ document }) => document));
  const asked = used.flatMap((request) => {
    const network = networks.find(({ arn }) => arn === request.network);
    if (network === undefined) return [];
    const vpc = request.sourceVpc === undefined ? undefined : { id: request.sourceVpc };
    return [accessRequest(seenCaller(request.caller, roles), service, { network, vpc }, request)];
  });
  const uses = (statement: Statement, version: PolicyDocument["Version"]) => {
    const document: PolicyDocument = { ...(version ? { Version: version } : {}), Statement: statement };
    return asked.some((each) => ["allow", "depends"].includes(outlook([{ name: "", document }], each)));
  };
  return policies.flatMap(({ name: policy, document }) =>
    listOf(document.Statement).flatMap((statement, index): Unused[] => {
      if (statement.Effect === "Deny" || !concerns(statement, service)) return [];
      const place = {
        policy,
        statement: index,
        ...(statement.Sid === undefined ? {} : { sid: statement.Sid }),
      };
      if (!uses(statement, document.Version)) return [{ ...place, what: { type: "statement" } }];
      return singled(statement)
        .filter((one) => concerns(one.statement, service) && !uses(one.statement, document.Version))
        .map(({ element, value }) => ({ ...place, what: { type: "value", element, value } }));
    }),
  );
}

const concerns = ({ Resource }: Statement, { arn }: GuardedService) =>
  listOf(Resource ?? "*").some((resource) => canBeginWith(resource, arn));

/** The statement once for each value of each list in it, with that value alone. */
function singled(statement: Statement): { element: string; value: string; statement: Statement }[] {
  const { Principal, Resource, Condition } = statement;
  const roles = typeof Principal === "object" && Array.isArray(Principal.AWS) ? Principal.AWS : [];
  const resources = Array.isArray(Resource) ? Resource : [];
  const methods = Condition?.StringEquals?.[method];
  return [
    ...roles.map((value) => ({
      element: "Principal",
      value,
      statement: { ...statement, Principal: { AWS: value } },
    })),
    ...resources.map((value) => ({
      element: "Resource",
      value,
      statement: { ...statement, Resource: value },
    })),
    ...(Array.isArray(methods) ? methods.map(String) : []).map((value) => ({
      element: "RequestMethod",
      value,
      statement: {
        ...statement,
        Condition: { ...Condition, StringEquals: { ...Condition?.StringEquals, [method]: value } },
      },
    })),
  ];
}
