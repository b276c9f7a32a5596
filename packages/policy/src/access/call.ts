import type { AccessRequest } from "../access-request.ts";
import type { Caller } from "./caller.ts";
import type { GuardedService } from "./premises.ts";
import type { Way } from "./way.ts";

/** One call of a service, as far as it is known: what is absent is not known. */
export interface Call {
  readonly method?: string | undefined;
  /** Without the query, as it is sent. */
  readonly path: string;
  readonly port?: number | undefined;
  readonly query?: Readonly<Record<string, readonly string[]>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Other condition keys: `aws:PrincipalOrgID`, `aws:SourceIp`. */
  readonly context?: Readonly<Record<string, string>>;
  /** A connection that a listener passes through: nobody sees who calls, how or what. */
  readonly passedThrough?: boolean;
}

/**
 * What auth policies are asked about a call that comes one way.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/auth-policies.html#auth-policies-condition-keys
 */
export function accessRequest(caller: Caller, service: GuardedService, way: Way, call: Call): AccessRequest {
  const around = {
    ...prefixed("aws:ResourceTag/", service.tags),
    "vpc-lattice-svcs:ServiceArn": service.arn,
    "vpc-lattice-svcs:ServiceNetworkArn": way.network.arn,
    ...given("vpc-lattice-svcs:SourceVpc", way.vpc?.id),
    ...given("vpc-lattice-svcs:SourceVpcOwnerAccount", way.vpc?.account),
  };
  if (call.passedThrough)
    return {
      principal: { type: "anonymous" },
      action: "vpc-lattice-svcs:Connect",
      resource: service.arn,
      context: { ...around, ...call.context },
    };
  return {
    principal: caller.principal,
    action: "vpc-lattice-svcs:Invoke",
    resource: `${service.arn}${call.path}`,
    context: {
      ...caller.context,
      ...around,
      ...prefixed("vpc-lattice-svcs:RequestHeader/", call.headers ?? {}),
      ...prefixed("vpc-lattice-svcs:RequestQueryString/", call.query ?? {}),
      ...given("vpc-lattice-svcs:Port", call.port?.toString()),
      ...given("vpc-lattice-svcs:RequestMethod", call.method),
      "vpc-lattice-svcs:RequestPath": call.path,
      ...call.context,
    },
  };
}

const given = (key: string, value: string | undefined) => (value === undefined ? {} : { [key]: value });

const prefixed = <Value>(prefix: string, members: Readonly<Record<string, Value>>) =>
  Object.fromEntries(Object.entries(members).map(([name, value]) => [`${prefix}${name}`, value]));
