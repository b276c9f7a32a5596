import { type Problem, placeOf } from "../problem.ts";
import { destinationKind } from "./access-logs.ts";
import { groupsOf } from "./action.ts";
import { checkPolicies } from "./check-policies.ts";
import type { TopologyDocument } from "./document.ts";
import { known } from "./known.ts";
import { type Listener, portOf } from "./listener.ts";
import { ownNetworks } from "./network.ts";

type Keys = readonly (string | number)[];

/** What no single field shows: references to nothing, clashes, and limits that Lattice would only tell half-way. */
export function checkDocument(document: TopologyDocument): Problem[] {
  return [
    ...networksOfServices(document),
    ...groupsOfActions(document),
    ...clashesInListeners(document),
    ...vpcsOfNetworks(document),
    ...singleTargets(document),
    ...checkPolicies(document),
    ...domainsInNetworks(document),
    ...oneLogOfAKind(document),
  ];
}

const problem = (keys: Keys, message: string): Problem => ({ place: placeOf(keys), message });

function networksOfServices({ services, networks }: TopologyDocument): Problem[] {
  return Object.entries(services).flatMap(([service, { networks: joined }]) =>
    joined.flatMap((name, index) => {
      const place = ["services", service, "networks", index];
      if (!Object.hasOwn(networks, name))
        return [problem(place, `is "${name}"; no such network is in the document, ${known(networks)}`)];
      return joined.indexOf(name) < index ? [problem(place, `is "${name}" a second time`)] : [];
    }),
  );
}

/** Each forward of the document: where it is written, whose it is and the groups it names. */
function forwards({ services }: TopologyDocument) {
  return Object.entries(services).flatMap(([service, { listeners }]) =>
    Object.entries(listeners).flatMap(([name, listener]) => {
      const place: Keys = ["services", service, "listeners", name];
      return [
        { service, place: [...place, "defaultAction", "forward"], groups: groupsOf(listener.defaultAction) },
        ...listener.rules.map((rule, index) => ({
          service,
          place: [...place, "rules", index, "action", "forward"],
          groups: groupsOf(rule.action),
        })),
      ];
    }),
  );
}

/** Lattice lets one service only use a target group, though several of its listeners and rules may. */
function groupsOfActions(document: TopologyDocument): Problem[] {
  const userOf = new Map<string, string>();
  return forwards(document).flatMap(({ service, place, groups }) =>
    groups.flatMap((group) => {
      if (!Object.hasOwn(document.targetGroups, group))
        return [
          problem(
            place,
            `names "${group}"; no such target group is in the document, ${known(document.targetGroups)}`,
          ),
        ];
      const user = userOf.get(group) ?? service;
      userOf.set(group, user);
      return user === service
        ? []
        : [
            problem(
              place,
              `names "${group}", which the service "${user}" uses; a target group serves one service`,
            ),
          ];
    }),
  );
}

function clashesInListeners({ services }: TopologyDocument): Problem[] {
  return Object.entries(services).flatMap(([service, { listeners }]) => {
    const ports = Object.values(listeners).map(portOf);
    return Object.entries(listeners).flatMap(([name, listener], index) => {
      const place = ["services", service, "listeners", name];
      const port = portOf(listener);
      const clash =
        ports.indexOf(port) < index
          ? [problem([...place, "port"], `is ${port}, as another listener's is`)]
          : [];
      return [...clash, ...clashesOfRules(place, listener)];
    });
  });
}

function clashesOfRules(place: Keys, { rules }: Listener): Problem[] {
  return (["priority", "name"] as const).flatMap((field) =>
    rules.flatMap((rule, index) => {
      const first = rules.findIndex((other) => other[field] === rule[field]);
      return first === index
        ? []
        : [
            problem(
              [...place, "rules", index, field],
              `is ${JSON.stringify(rule[field])}, as rules[${first}]'s is`,
            ),
          ];
    }),
  );
}

/** A VPC can be associated with one network only. */
function vpcsOfNetworks({ networks }: TopologyDocument): Problem[] {
  const seen = new Map<string, string>();
  return ownNetworks(networks).flatMap(([network, { vpcs }]) =>
    vpcs.flatMap(({ vpc }, index) => {
      const other = seen.get(vpc);
      seen.set(vpc, network);
      return other === undefined
        ? []
        : [
            problem(
              ["networks", network, "vpcs", index, "vpc"],
              `is "${vpc}", which is in the network "${other}"; a VPC is in one`,
            ),
          ];
    }),
  );
}

function singleTargets({ targetGroups }: TopologyDocument): Problem[] {
  return Object.entries(targetGroups)
    .filter(
      ([, { type, targets }]) =>
        (type === "LAMBDA" || type === "ALB") && targets.length > 1 && targets !== "external",
    )
    .map(([name, { type, targets }]) =>
      problem(
        ["targetGroups", name, "targets"],
        `has ${targets.length} items; a group of type ${type} has exactly one`,
      ),
    );
}

/** A custom domain is one service's in each network. */
function domainsInNetworks({ services }: TopologyDocument): Problem[] {
  const holders = new Map<string, string>();
  return Object.entries(services).flatMap(([service, { domain, networks }]) => {
    if (domain === undefined) return [];
    const keys = networks.map((network) => `${domain.name} ${network}`);
    const other = keys.map((key) => holders.get(key)).find((holder) => holder !== undefined);
    for (const key of keys) holders.set(key, service);
    return other === undefined
      ? []
      : [
          problem(
            ["services", service, "domain", "name"],
            `is "${domain.name}", as the service "${other}"'s is, which is in the same network`,
          ),
        ];
  });
}

function oneLogOfAKind({ networks, services }: TopologyDocument): Problem[] {
  const holders: [string, string, readonly string[]][] = [
    ...ownNetworks(networks).map(([name, { accessLogs }]): [string, string, string[]] => [
      "networks",
      name,
      accessLogs,
    ]),
    ...Object.entries(services).map(([name, { accessLogs }]): [string, string, string[]] => [
      "services",
      name,
      accessLogs,
    ]),
  ];
  return holders.flatMap(([kind, name, logs]) =>
    logs.flatMap((destination, index) => {
      const first = logs.findIndex((other) => destinationKind(other) === destinationKind(destination));
      return first === index
        ? []
        : [
            problem(
              [kind, name, "accessLogs", index],
              `is "${destination}", as accessLogs[${first}] is of its kind; there is one log group, one bucket and one delivery stream at most`,
            ),
          ];
    }),
  );
}
