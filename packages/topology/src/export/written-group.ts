import type { ExistingTargetGroup, LatticeHealthCheck } from "../existing.ts";
import { ownTags, unlessEmpty, type Written } from "./written.ts";

/** A target group as it is written. One without targets has them from elsewhere, as far as anybody can tell. */
export function writtenGroup(group: ExistingTargetGroup): Written {
  const targets = group.targets.filter(({ status }) => status !== "DRAINING");
  const written = targets.map(({ id, port }) =>
    port === undefined || port === group.port ? id : { id, port },
  );
  const common = {
    targets: written.length > 0 ? written : "external",
    ...unlessEmpty("tags", ownTags(group.tags)),
  };
  if (group.type === "LAMBDA")
    return {
      type: group.type,
      ...(group.lambdaEventStructureVersion === "V2" && { lambdaEventStructureVersion: "V2" }),
      ...common,
    };
  const checked = group.type === "IP" || group.type === "INSTANCE";
  return {
    ...{ type: group.type, vpc: group.vpc, port: group.port },
    ...(group.protocol === "HTTPS" && { protocol: "HTTPS" }),
    ...(group.protocolVersion &&
      group.protocolVersion !== "HTTP1" && { protocolVersion: group.protocolVersion }),
    ...(group.ipAddressType === "IPV6" && { ipAddressType: "IPV6" }),
    ...(checked && group.healthCheck && unlessEmpty("healthCheck", writtenCheck(group.healthCheck))),
    ...common,
  };
}

const writtenCheck = (check: LatticeHealthCheck): Written => ({
  ...(check.enabled === false && { enabled: false }),
  ...(check.protocol && check.protocol !== "HTTP" && { protocol: check.protocol }),
  ...(check.protocolVersion &&
    check.protocolVersion !== "HTTP1" && { protocolVersion: check.protocolVersion }),
  ...(check.port && { port: check.port }),
  ...(check.path && check.path !== "/" && { path: check.path }),
  ...other("intervalSeconds", check.healthCheckIntervalSeconds, 30),
  ...other("timeoutSeconds", check.healthCheckTimeoutSeconds, 5),
  ...other("healthyThreshold", check.healthyThresholdCount, 5),
  ...other("unhealthyThreshold", check.unhealthyThresholdCount, 2),
  ...(check.matcher && check.matcher.httpCode !== "200" && { matcher: check.matcher.httpCode }),
});

/** The field where its value is neither absent, which Lattice may write as nil, nor the default. */
const other = (field: string, value: number | undefined, usual: number): Written =>
  value && value !== usual ? { [field]: value } : {};
