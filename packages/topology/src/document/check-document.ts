import { type Problem, placeOf } from "../problem.ts";
import { referencesIn, resolveReferences } from "../references.ts";
import { groupsOf } from "./action.ts";
import type { TopologyDocument } from "./document.ts";
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
    ...policies(document),
  ];
}

const problem = (keys: Keys, message: string): Problem => ({ place: placeOf(keys), message });

const known = (names: object) => {
  const list = Object.keys(names);
  return list.length > 0 ? `there are: ${list.join(", ")}` : "there are none";
};

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

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html: an auth policy has at most 10 KB. */
const policyLimit = 10 * 1024;
const anArn = "arn:aws:vpc-lattice:ap-southeast-2:123456789012:servicenetwork/sn-0123456789abcdef0";

function policies({ networks, services }: TopologyDocument): Problem[] {
  const written = [
    ...ownNetworks(networks).map(([name, { policy }]) => ({
      place: ["networks", name, "policy"],
      policy,
    })),
    ...Object.entries(services).map(([name, { policy }]) => ({
      place: ["services", name, "policy"],
      policy,
    })),
  ];
  return written.flatMap(({ place, policy }) => {
    if (policy === undefined) return [];
    const text = JSON.stringify(policy);
    const size = new TextEncoder().encode(resolveReferences(text, () => anArn)).length;
    const strangers = referencesIn(text).filter(
      ({ kind, name }) => !Object.hasOwn(kind === "service" ? services : networks, name),
    );
    return [
      ...(size > policyLimit
        ? [problem(place, `has ${size} bytes; an auth policy has at most ${policyLimit}`)]
        : []),
      ...strangers.map(({ kind, name }) =>
        problem(place, `refers to the ${kind} "${name}"; ${known(kind === "service" ? services : networks)}`),
      ),
    ];
  });
}
