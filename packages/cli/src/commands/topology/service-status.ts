import { type Existing, type LatticeAction, servicesOf } from "@espalier/topology";

/** Where a listener or a rule forwards to: each target group with its weight and how many of its targets are healthy. */
interface Route {
  /** `http`, or `http stock` for a rule. */
  readonly route: string;
  readonly groups: readonly {
    readonly name: string;
    readonly weight: number;
    readonly healthy: number;
    readonly targets: number;
  }[];
}

/** What there is of a service, and who holds it. */
export interface ServiceStatus {
  readonly service: string;
  readonly state: string;
  readonly routes: readonly Route[];
  /** `rollout payment-7`; undefined where nobody does. */
  readonly heldBy: string | undefined;
}

/** The services of a topology as they are. */
export const statusOf = (
  existing: Existing,
  topology: string,
  holderOf: (service: string) => Promise<string | undefined>,
): Promise<ServiceStatus[]> =>
  Promise.all(
    servicesOf(existing, topology).map(async ({ name, arn, status, listeners }) => ({
      service: name,
      state: status,
      routes: listeners.flatMap((listener) => [
        { route: listener.name, groups: groupsOf(existing, listener.defaultAction) },
        ...listener.rules.map((rule) => ({
          route: `${listener.name} ${rule.name}`,
          groups: groupsOf(existing, rule.action),
        })),
      ]),
      heldBy: await holderOf(arn),
    })),
  );

function groupsOf({ targetGroups }: Existing, action: LatticeAction): Route["groups"] {
  if (!("forward" in action)) return [];
  return action.forward.targetGroups.map(({ targetGroupIdentifier, weight }) => {
    const group = targetGroups.find(({ id }) => id === targetGroupIdentifier);
    const targets = group?.targets ?? [];
    // Lattice checks no Lambda function and no load balancer, and calls them UNAVAILABLE.
    const fine = targets.filter((target) => target.status === "HEALTHY" || target.status === "UNAVAILABLE");
    return {
      ...{ name: group?.name ?? targetGroupIdentifier, weight },
      ...{ healthy: fine.length, targets: targets.length },
    };
  });
}

/** A service as rows of a table, one a route. */
export function statusRows({ service, state, routes, heldBy }: ServiceStatus): string[][] {
  const rows = routes.map(({ route, groups }) => {
    const total = groups.reduce((sum, { weight }) => sum + weight, 0);
    const share = (weight: number) => (total === 0 ? 0 : Math.round((100 * weight) / total));
    return [
      route,
      groups.map(({ name, weight }) => `${name} ${share(weight)}%`).join(", ") || "answers itself",
      groups.map(({ healthy, targets }) => `${healthy} of ${targets}`).join(", "),
    ];
  });
  const [first = ["", "", ""], ...rest] = rows;
  return [[service, state, ...first, heldBy ?? ""], ...rest.map((row) => ["", "", ...row, ""])];
}
