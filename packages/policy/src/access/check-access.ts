import { accessRequest, type Call } from "./call.ts";
import { calledUrl } from "./called-url.ts";
import type { Caller } from "./caller.ts";
import { type Judgement, judge } from "./judge.ts";
import type { GuardedService, Premises } from "./premises.ts";
import { type Missing, smallestGrant } from "./smallest-grant.ts";
import { waysTo } from "./way.ts";

/** A question: may somebody call a URL so? */
export interface AccessQuestion extends Pick<Call, "headers" | "context"> {
  readonly caller: Caller;
  readonly method: string;
  readonly url: string;
  /** The VPC that the call comes from; without it, every VPC of every network that has the service counts. */
  readonly fromVpc?: string | undefined;
}

/** `unreachable`: no policy is asked, since the call finds no service. `partly`: allowed from some places and not from others. */
export type AccessAnswer =
  | { readonly verdict: "unreachable"; readonly why: string }
  | {
      readonly verdict: "allowed" | "denied" | "partly";
      readonly service: string;
      readonly ways: readonly WayJudged[];
    };

/** VPCs of one network, from which a call is judged alike. */
export interface WayJudged extends Judgement {
  readonly network: string;
  readonly vpcs: readonly string[];
  /** Undefined where it is allowed. */
  readonly missing: Missing | undefined;
}

/** Answers the question with reasons, and says what is missing. Throws PolicyError for what is no URL. */
export function checkAccess(premises: Premises, question: AccessQuestion): AccessAnswer {
  const { host, port, path, query } = calledUrl(question.url);
  const service = find(premises, host);
  if (service === undefined) return unreachable(`no service is called ${host}${known(premises)}`);
  const listener = service.listeners?.find((each) => each.port === port);
  if (listener === undefined && service.listeners !== undefined)
    return unreachable(`the service ${service.name} does not listen on port ${port}; ${ports(service)}`);
  const call: Call = {
    method: question.method,
    ...{ path, port, query },
    headers: lowerCased(question.headers ?? {}),
    context: question.context ?? {},
    passedThrough: listener?.protocol === "TLS_PASSTHROUGH",
  };
  const ways = waysTo(premises, service, question.fromVpc).map((way): WayJudged => {
    const request = accessRequest(question.caller, service, way, call);
    const judgement = judge(question.caller, service, way, request);
    return {
      network: way.network.name,
      vpcs: way.vpc === undefined ? [] : [way.vpc.id],
      ...judgement,
      missing: judgement.allowed ? undefined : smallestGrant(judgement, request),
    };
  });
  if (ways.length === 0) return unreachable(noWay(premises, service, question.fromVpc));
  const verdict = ways.every(({ allowed }) => allowed)
    ? "allowed"
    : ways.some(({ allowed }) => allowed)
      ? "partly"
      : "denied";
  return { verdict, service: service.name, ways: merged(ways) };
}

function find({ services }: Premises, host: string): GuardedService | undefined {
  return services.find(({ hosts }) => hosts.includes(host)) ?? services.find(({ name }) => name === host);
}

const unreachable = (why: string): AccessAnswer => ({ verdict: "unreachable", why });

/** Names listed where one is not found. */
const listed = 10;

function known({ services }: Premises): string {
  if (services.length === 0) return "";
  const names = services.slice(0, listed).map(({ name, hosts }) => hosts.at(-1) ?? name);
  return `; there are: ${names.join(", ")}${services.length > listed ? " and others" : ""}`;
}

function ports({ listeners = [] }: GuardedService): string {
  const told = listeners.map(({ protocol, port }) => `${protocol} on ${port}`);
  return told.length > 0 ? `it listens for ${told.join(", ")}` : "it has no listener";
}

function noWay({ networks }: Premises, { name, arn }: GuardedService, fromVpc: string | undefined): string {
  const its = networks.filter(({ services }) => services.includes(arn)).map((network) => network.name);
  if (its.length === 0) return `the service ${name} is in no network`;
  return `${fromVpc} is associated with no network of ${name}, which is in ${its.join(", ")}`;
}

const lowerCased = (headers: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));

/** Ways through one network that have the same reasons are one, with all of their VPCs. */
function merged(ways: readonly WayJudged[]): WayJudged[] {
  const groups = Map.groupBy(ways, ({ vpcs: _, missing: __, ...rest }) => JSON.stringify(rest));
  return [...groups.values()].flatMap((same) => {
    const [first] = same;
    return first === undefined ? [] : [{ ...first, vpcs: same.flatMap(({ vpcs }) => vpcs) }];
  });
}
