import {
  GetListenerCommand,
  GetRuleCommand,
  GetServiceCommand,
  type VPCLatticeClient,
} from "@aws-sdk/client-vpc-lattice";
import type { Existing, ExistingListener, ExistingRule } from "@espalier/topology";
import { readAction, readMatch } from "./lattice-shapes.ts";
import { listListeners, listRules, tagsOf } from "./list.ts";
import { readAccessLogs } from "./read-access-logs.ts";
import { readEach } from "./read-each.ts";
import { readPolicy } from "./read-policy.ts";
import type { Tagged } from "./read-topology.ts";

/** A service with its policy, listeners and rules. */
export async function readService(
  client: VPCLatticeClient,
  thing: Tagged,
): Promise<Omit<Existing["services"][number], "share">> {
  const [service, policy, listeners, accessLogs] = await Promise.all([
    client.send(new GetServiceCommand({ serviceIdentifier: thing.id })),
    readPolicy(client, thing.id),
    listListeners(client, thing.id),
    readAccessLogs(client, thing.id),
  ]);
  return {
    ...thing,
    status: service.status ?? "",
    authType: service.authType ?? "NONE",
    idleTimeoutSeconds: service.idleTimeoutSeconds ?? 60,
    policy,
    domainName: service.dnsEntry?.domainName ?? "",
    customDomain: service.customDomainName,
    certificate: service.certificateArn,
    accessLogs,
    listeners: await readEach(listeners, (listener) => readListener(client, thing.id, listener)),
  };
}

async function readListener(
  client: VPCLatticeClient,
  serviceIdentifier: string,
  { id, arn, name }: { id: string; arn: string; name: string },
): Promise<ExistingListener> {
  const [listener, tags, rules] = await Promise.all([
    client.send(new GetListenerCommand({ serviceIdentifier, listenerIdentifier: id })),
    tagsOf(client, arn),
    listRules(client, serviceIdentifier, id),
  ]);
  const own = rules.filter((rule) => !rule.isDefault);
  return {
    id,
    arn,
    name,
    tags,
    protocol: listener.protocol ?? "",
    port: listener.port ?? 0,
    defaultAction: readAction(listener.defaultAction),
    rules: await readEach(own, (rule) => readRule(client, serviceIdentifier, id, rule)),
  };
}

async function readRule(
  client: VPCLatticeClient,
  serviceIdentifier: string,
  listenerIdentifier: string,
  {
    id = "",
    arn = "",
    name = "",
  }: { id?: string | undefined; arn?: string | undefined; name?: string | undefined },
): Promise<ExistingRule> {
  const [rule, tags] = await Promise.all([
    client.send(new GetRuleCommand({ serviceIdentifier, listenerIdentifier, ruleIdentifier: id })),
    tagsOf(client, arn),
  ]);
  return {
    id,
    arn,
    name,
    tags,
    priority: rule.priority ?? 0,
    match: readMatch(rule.match),
    action: readAction(rule.action),
  };
}
