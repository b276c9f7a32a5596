import type { TargetGroup } from "../document/target-group.ts";
import type { ExistingTargetGroup } from "../existing.ts";
import { type Change, ready, refused, unchanged } from "./change.ts";
import { latticeHealthCheck, sameHealthCheck } from "./lattice-shape.ts";
import { awaitActive, awaitGone, isLeaving } from "./life.ts";
import { planPermission } from "./plan-permission.ts";
import { planTargets } from "./plan-targets.ts";
import { removeGroup } from "./remove-group.ts";
import { claim, groupNamed, mayFill, type Sight, tagsFor } from "./sight.ts";
import type { Write } from "./write.ts";

/** The target groups of the document and their targets. */
export function planTargetGroups(sight: Sight): Change[] {
  return Object.entries(sight.document.targetGroups).flatMap(([name, wanted]) => {
    const live = groupNamed(sight, name);
    const group = live ? planLive(sight, name, wanted, live) : planNew(sight, name, wanted);
    const staying = group.state === "unchanged" || (group.state === "ready" && group.verb === "update");
    const mine = live && mayFill(sight, addressOf(name), live);
    // Nothing is planned inside of what is somebody else's.
    if (live && !mine && !isLeaving(live)) return [group];
    const ours = staying && mine ? live : undefined;
    return [
      group,
      ...(wanted.targets === "external" ? [] : [planTargets(name, wanted, wanted.targets, ours)]),
      ...(ours ? planPermission(ours) : []),
    ];
  });
}

const addressOf = (name: string) => `targetGroups.${name}`;

function planNew(sight: Sight, name: string, wanted: TargetGroup): Change {
  const sentence = `create the target group ${name} of type ${wanted.type}`;
  return ready(
    { address: addressOf(name), verb: "create", sentence },
    {
      operation: "CreateTargetGroup",
      input: { name, type: wanted.type, config: config(wanted), tags: tagsFor(sight, wanted.tags) },
    },
  );
}

function config(wanted: TargetGroup) {
  if (wanted.type === "LAMBDA") return { lambdaEventStructureVersion: wanted.lambdaEventStructureVersion };
  return {
    vpcIdentifier: wanted.vpc,
    port: wanted.port,
    protocol: wanted.protocol,
    protocolVersion: wanted.protocolVersion,
    ...(wanted.type === "IP" && { ipAddressType: wanted.ipAddressType }),
    ...("healthCheck" in wanted &&
      wanted.healthCheck && { healthCheck: latticeHealthCheck(wanted.healthCheck) }),
  };
}

function planLive(sight: Sight, name: string, wanted: TargetGroup, live: ExistingTargetGroup): Change {
  const address = addressOf(name);
  const label = `the target group ${name}`;
  const remove: Write = { operation: "DeleteTargetGroup", input: { targetGroupIdentifier: live.id } };
  return (
    awaitGone(address, label, live) ??
    claim(sight, address, label, live, wanted.tags, live.usedBy) ??
    awaitActive(address, label, live, remove) ??
    planFixed(address, label, wanted, live) ??
    planHealthCheck(address, label, wanted, live) ??
    unchanged(address, `${label} is as written`)
  );
}

/** Lattice changes nothing of a target group but its health check. */
function planFixed(
  address: string,
  label: string,
  wanted: TargetGroup,
  live: ExistingTargetGroup,
): Change | undefined {
  const fixed: [string, unknown, unknown][] = [["type", wanted.type, live.type]];
  if (wanted.type === "LAMBDA")
    fixed.push([
      "lambdaEventStructureVersion",
      wanted.lambdaEventStructureVersion,
      live.lambdaEventStructureVersion ?? "V1",
    ]);
  else
    fixed.push(
      ["vpc", wanted.vpc, live.vpc],
      ["port", wanted.port, live.port],
      ["protocol", wanted.protocol, live.protocol],
      ["protocolVersion", wanted.protocolVersion, live.protocolVersion ?? "HTTP1"],
    );
  if (wanted.type === "IP") fixed.push(["ipAddressType", wanted.ipAddressType, live.ipAddressType ?? "IPV4"]);
  const differing = fixed.find(([, now, before]) => now !== before);
  if (!differing) return undefined;
  const [field, now, before] = differing;
  if (live.usedBy.length > 0)
    return refused(
      `${address}.${field}`,
      `is ${JSON.stringify(now)}, and was ${JSON.stringify(before)}; Lattice cannot change it while rules name the group: write a new group beside it and roll out to that`,
    );
  const sentence = `replace ${label}: its ${field} goes from ${before} to ${now}`;
  return removeGroup({ address, verb: "replace", sentence }, [], live);
}

function planHealthCheck(
  address: string,
  label: string,
  wanted: TargetGroup,
  live: ExistingTargetGroup,
): Change | undefined {
  if (!("healthCheck" in wanted) || wanted.healthCheck === undefined) return undefined;
  const healthCheck = latticeHealthCheck(wanted.healthCheck);
  if (sameHealthCheck(healthCheck, live.healthCheck ?? {})) return undefined;
  const step = {
    address,
    verb: "update" as const,
    sentence: `change the health check of ${label}`,
    locks: live.usedBy,
  };
  const input = { targetGroupIdentifier: live.id, healthCheck };
  return ready(step, { operation: "UpdateTargetGroup", input });
}
