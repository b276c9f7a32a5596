import { type NamedPolicy, parsePolicy } from "@espalier/policy";
import { vpcArn } from "../../control-plane/identifiers.ts";
import { placeOf } from "../../control-plane/ownership.ts";
import type {
  AccessLogSubscription,
  AuthPolicy,
  AuthType,
  Rule,
  Service,
  TargetGroup,
} from "../../control-plane/records.ts";
import type { RuleAction } from "../../control-plane/shapes/rule-action.ts";
import type { Store } from "../../control-plane/store.ts";
import { resourceTags } from "../../control-plane/tagging.ts";
import type { RoutedListener } from "./find-service.ts";
import { type Matcher, matcherOf } from "./match-rule.ts";

/** All that a request needs to find its way, made ready once a change so that no request parses anything. */
export interface Routing {
  /** By the id of the caller's VPC. */
  readonly vpcs: ReadonlyMap<string, RoutedVpc>;
}

/** A VPC with the network that it is associated with. */
export interface RoutedVpc {
  readonly id: string;
  readonly arn: string;
  readonly network: RoutedNetwork;
}

export interface RoutedNetwork {
  readonly id: string;
  readonly arn: string;
  readonly guard: Guard | undefined;
  readonly accessLogs: readonly AccessLogSubscription[];
  /** By host name in lower case, generated and custom ones alike. */
  readonly services: ReadonlyMap<string, RoutedService>;
  /** The custom ones of these names. */
  readonly customNames: readonly string[];
}

export interface RoutedService {
  readonly id: string;
  readonly arn: string;
  readonly guard: Guard | undefined;
  readonly accessLogs: readonly AccessLogSubscription[];
  readonly idleTimeoutMs: number;
  /** `aws:ResourceTag/…`. */
  readonly tags: Readonly<Record<string, string>>;
  /** By port. */
  readonly listeners: ReadonlyMap<number, RoutedListener>;
  readonly names: { readonly generated: string; readonly custom: string | undefined };
  readonly certificateArn: string | undefined;
}

export interface RoutedRule {
  readonly rule: Pick<Rule, "id" | "name" | "priority">;
  readonly matches: Matcher;
  readonly action: RoutedAction;
}

export type RoutedAction =
  | { readonly type: "fixed-response"; readonly status: number }
  | {
      readonly type: "forward";
      /** The action as recorded: the identity under which turns are counted. */
      readonly key: RuleAction;
      readonly groups: readonly TargetGroup[];
      readonly weights: readonly number[];
    };

/** The auth policies of a service or network whose authType is AWS_IAM. None: everything is denied. */
export interface Guard {
  readonly policies: readonly NamedPolicy[];
}

/** What the store says, as routing. */
export function routingOf(store: Store): Routing {
  const services = new Map(
    store.services
      .filter(({ status }) => status === "ACTIVE")
      .map((service) => [service.id, routedService(store, service)] as const),
  );
  const networks = new Map(
    store.networks.list().map((network) => {
      const hosts = hostsOf(store, network.id, services);
      const routed: RoutedNetwork = {
        id: network.id,
        arn: network.arn,
        guard: guardOf(store, network),
        accessLogs: accessLogsOf(store, network.id),
        services: hosts,
        customNames: [...hosts].flatMap(([name, { names }]) => (name === names.custom ? [name] : [])),
      };
      return [network.id, routed] as const;
    }),
  );
  const vpcs = store.vpcAssociations
    .filter(({ status }) => status === "ACTIVE" || status === "UPDATE_IN_PROGRESS")
    .flatMap(({ arn, vpcId, networkId }): RoutedVpc[] => {
      const network = networks.get(networkId);
      // A VPC belongs to the account that associated it.
      return network === undefined ? [] : [{ id: vpcId, arn: vpcArn(placeOf(arn), vpcId), network }];
    });
  return { vpcs: new Map(vpcs.map((vpc) => [vpc.id, vpc])) };
}

function hostsOf(
  store: Store,
  networkId: string,
  services: ReadonlyMap<string, RoutedService>,
): Map<string, RoutedService> {
  const hosts = new Map<string, RoutedService>();
  const associations = store.serviceAssociations.filter(
    (association) => association.networkId === networkId && association.status === "ACTIVE",
  );
  for (const { serviceId } of associations) {
    const routed = services.get(serviceId);
    const service = store.services.get(serviceId);
    if (routed === undefined || service === undefined) continue;
    hosts.set(service.domainName, routed);
    if (service.customDomainName !== undefined) hosts.set(service.customDomainName, routed);
  }
  return hosts;
}

function routedService(store: Store, service: Service): RoutedService {
  const listeners = store.listeners.filter(({ serviceId }) => serviceId === service.id);
  return {
    id: service.id,
    arn: service.arn,
    guard: guardOf(store, service),
    accessLogs: accessLogsOf(store, service.id),
    idleTimeoutMs: service.idleTimeoutSeconds * 1000,
    tags: resourceTags(store, service.arn),
    listeners: new Map(
      listeners.map(({ id, port, protocol }) => [
        port,
        { id, protocol, rules: rulesOf(store, id).map((rule) => routedRule(store, rule)) },
      ]),
    ),
    names: { generated: service.domainName, custom: service.customDomainName },
    certificateArn: service.certificateArn,
  };
}

function rulesOf(store: Store, listenerId: string): Rule[] {
  const rules = store.rules.filter((rule) => rule.listenerId === listenerId);
  return rules.sort((a, b) => Number(a.isDefault) - Number(b.isDefault) || a.priority - b.priority);
}

function routedRule(store: Store, { id, name, priority, match, action }: Rule): RoutedRule {
  const rule = { id, name, priority };
  return { rule, matches: matcherOf(match), action: routedAction(store, action) };
}

function routedAction(store: Store, action: RuleAction): RoutedAction {
  if ("fixedResponse" in action) return { type: "fixed-response", status: action.fixedResponse.statusCode };
  const known = action.forward.targetGroups.flatMap(({ targetGroupIdentifier, weight }) => {
    const group = store.targetGroups.get(targetGroupIdentifier);
    return group === undefined ? [] : [{ group, weight }];
  });
  return {
    type: "forward",
    key: action,
    groups: known.map(({ group }) => group),
    weights: known.map(({ weight }) => weight),
  };
}

function accessLogsOf(store: Store, id: string): AccessLogSubscription[] {
  return store.accessLogSubscriptions.filter(({ resourceId }) => resourceId === id);
}

function guardOf(store: Store, { id, authType }: { id: string; authType: AuthType }): Guard | undefined {
  if (authType === "NONE") return undefined;
  const policy = store.authPolicies.get(id);
  return { policies: policy === undefined ? [] : [{ name: id, document: documentOf(policy) }] };
}

const documents = new WeakMap<AuthPolicy, NamedPolicy["document"]>();

function documentOf(policy: AuthPolicy): NamedPolicy["document"] {
  const known = documents.get(policy);
  if (known !== undefined) return known;
  const document = parsePolicy(policy.policy);
  documents.set(policy, document);
  return document;
}
