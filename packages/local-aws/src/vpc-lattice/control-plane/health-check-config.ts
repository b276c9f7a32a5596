import type { HealthCheckInput } from "./shapes/health-check.ts";

/** How the targets of a group are checked, every default filled in. */
export interface HealthCheck {
  readonly enabled: boolean;
  readonly protocol: "HTTP" | "HTTPS" | "TCP";
  readonly protocolVersion: "HTTP1" | "HTTP2";
  /** Absent: the port that the target receives traffic on. */
  readonly port: number | undefined;
  readonly path: string;
  readonly healthCheckIntervalSeconds: number;
  readonly healthCheckTimeoutSeconds: number;
  readonly healthyThresholdCount: number;
  readonly unhealthyThresholdCount: number;
  /** Status codes and ranges, `200-299,302`. */
  readonly matcher: { readonly httpCode: string };
}

/** See https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-group-health-checks.html */
export function defaultHealthCheck(protocolVersion: string | undefined): HealthCheck {
  return {
    enabled: protocolVersion === "HTTP1",
    protocol: "HTTP",
    protocolVersion: "HTTP1",
    port: undefined,
    path: "/",
    healthCheckIntervalSeconds: 30,
    healthCheckTimeoutSeconds: 5,
    healthyThresholdCount: 5,
    unhealthyThresholdCount: 2,
    matcher: { httpCode: "200" },
  };
}

/** `given` laid over `current`; a 0 or an empty text puts the default back. */
export function withHealthCheck(
  current: HealthCheck,
  given: HealthCheckInput | undefined,
  standard: HealthCheck,
): HealthCheck {
  if (given === undefined) return current;
  const pick = <T>(sent: T | undefined, now: T, usual: T): T =>
    sent === undefined ? now : sent === 0 || sent === "" ? usual : sent;
  return {
    enabled: given.enabled ?? current.enabled,
    protocol: given.protocol ?? current.protocol,
    protocolVersion: given.protocolVersion ?? current.protocolVersion,
    port: pick(given.port, current.port, standard.port),
    path: pick(given.path, current.path, standard.path),
    healthCheckIntervalSeconds: pick(
      given.healthCheckIntervalSeconds,
      current.healthCheckIntervalSeconds,
      standard.healthCheckIntervalSeconds,
    ),
    healthCheckTimeoutSeconds: pick(
      given.healthCheckTimeoutSeconds,
      current.healthCheckTimeoutSeconds,
      standard.healthCheckTimeoutSeconds,
    ),
    healthyThresholdCount: pick(
      given.healthyThresholdCount,
      current.healthyThresholdCount,
      standard.healthyThresholdCount,
    ),
    unhealthyThresholdCount: pick(
      given.unhealthyThresholdCount,
      current.unhealthyThresholdCount,
      standard.unhealthyThresholdCount,
    ),
    matcher: {
      httpCode: pick(given.matcher?.httpCode, current.matcher.httpCode, standard.matcher.httpCode),
    },
  };
}
