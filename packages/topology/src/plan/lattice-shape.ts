import type { Match } from "../document/listener.ts";
import type { HealthCheck, Target } from "../document/target-group.ts";
import type { LatticeHealthCheck, LatticeMatch } from "../existing.ts";
import type { WriteHealthCheck, WriteMatch } from "./write.ts";

/** A rule's conditions as Lattice takes them. */
export function latticeMatch({ path, method, headers }: Match): WriteMatch {
  return {
    httpMatch: {
      ...(method && { method }),
      ...(path && {
        pathMatch: {
          match: "exact" in path ? { exact: path.exact } : { prefix: path.prefix },
          caseSensitive: path.caseSensitive,
        },
      }),
      ...(headers && {
        headerMatches: headers.map(({ name, caseSensitive, ...comparison }) => ({
          name,
          match: comparison,
          caseSensitive,
        })),
      }),
    },
  };
}

/** Lattice answers `headerMatches: []` where there are none, and leaves out what was left out. */
export const sameMatch = (one: LatticeMatch, other: LatticeMatch): boolean =>
  JSON.stringify(plainMatch(one)) === JSON.stringify(plainMatch(other));

function plainMatch({ httpMatch: { method, pathMatch, headerMatches = [] } }: LatticeMatch) {
  const comparison = ({ exact, prefix, contains }: LatticeComparison) => [exact, prefix, contains];
  return [
    method ?? "",
    pathMatch ? [comparison(pathMatch.match), pathMatch.caseSensitive ?? false] : [],
    headerMatches.map(({ name, match, caseSensitive }) => [name, comparison(match), caseSensitive ?? false]),
  ];
}

type LatticeComparison = NonNullable<LatticeMatch["httpMatch"]["pathMatch"]>["match"];

/** A health check as Lattice takes it. */
export function latticeHealthCheck(check: HealthCheck): WriteHealthCheck {
  return {
    enabled: check.enabled,
    protocol: check.protocol,
    protocolVersion: check.protocolVersion,
    ...(check.port && { port: check.port }),
    path: check.path,
    healthCheckIntervalSeconds: check.intervalSeconds,
    healthCheckTimeoutSeconds: check.timeoutSeconds,
    healthyThresholdCount: check.healthyThreshold,
    unhealthyThresholdCount: check.unhealthyThreshold,
    matcher: { httpCode: check.matcher },
  };
}

/** Compares with Lattice's defaults in place of what is absent: https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html */
export function sameHealthCheck(wanted: WriteHealthCheck, live: LatticeHealthCheck): boolean {
  return (
    wanted.enabled === (live.enabled ?? true) &&
    wanted.protocol === (live.protocol ?? "HTTP") &&
    wanted.protocolVersion === (live.protocolVersion ?? "HTTP1") &&
    (wanted.port ?? 0) === (live.port ?? 0) &&
    wanted.path === (live.path || "/") &&
    wanted.healthCheckIntervalSeconds === (live.healthCheckIntervalSeconds || 30) &&
    wanted.healthCheckTimeoutSeconds === (live.healthCheckTimeoutSeconds || 5) &&
    wanted.healthyThresholdCount === (live.healthyThresholdCount || 5) &&
    wanted.unhealthyThresholdCount === (live.unhealthyThresholdCount || 2) &&
    wanted.matcher.httpCode === (live.matcher?.httpCode || "200")
  );
}

/** A target by id and port, the group's port where it has none of its own. An IPv6 address has many spellings. */
export const targetKey = (
  target: Target | { id: string; port: number | undefined },
  groupPort?: number,
): string =>
  `${/^[\da-f:.]*:[\da-f:.]*$/i.test(target.id) ? shortIpv6(target.id) : target.id} ${target.port ?? groupPort ?? ""}`;

function shortIpv6(address: string): string {
  const url = `http://[${address}]`;
  return URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : address;
}
