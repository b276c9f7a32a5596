import type { Clock, Timer } from "../../../clock/clock.ts";
import type { TargetHealth } from "../../control-plane/control-plane.ts";
import type { HealthCheck } from "../../control-plane/health-check-config.ts";
import type { Target, TargetGroup } from "../../control-plane/records.ts";
import type { Store } from "../../control-plane/store.ts";
import { groupsOfNetworks } from "../../control-plane/use-of-groups.ts";
import { type CheckedHealth, healthAfter, shownHealth, unchecked } from "./target-health.ts";

/** Whether a target answers a health check as it should. Never rejects. */
export type Probe = (target: Target, port: number, check: HealthCheck) => Promise<boolean>;

/** Checks the targets of all groups in use, at their intervals on AWS time. */
export interface HealthChecks {
  healthOf(group: TargetGroup, target: Target): TargetHealth;
  /** Begins with the targets that the store held from the start. */
  resume(): void;
  close(): void;
}

/** `changed` is called whenever the health of a target has changed. */
export function healthChecks(store: Store, clock: Clock, probe: Probe, changed: () => void): HealthChecks {
  const known = new Map<string, CheckedHealth>();
  /** By the id of each target that is checked; undefined while its check is under way. */
  const timers = new Map<string, Timer | undefined>();
  let reconciling = false;
  /** Worked out once after each change of the store. */
  let groups: ReadonlySet<string> | undefined;
  const used = () => {
    groups ??= groupsOfNetworks(store);
    return groups;
  };

  const stop = (id: string) => {
    timers.get(id)?.cancel();
    timers.delete(id);
  };

  const check = async (id: string) => {
    const found = checkable(store, id, used());
    if (found === undefined) return stop(id);
    timers.set(id, undefined);
    const due = clock.now() + found.check.healthCheckIntervalSeconds * 1000;
    const done = clock.busy();
    const passed = await probe(found.target, found.check.port ?? found.port, found.check);
    done();
    if (!timers.has(id)) return;
    timers.set(
      id,
      clock.after(Math.max(0, due - clock.now()), () => void check(id), "background"),
    );
    learn(id, healthAfter(known.get(id) ?? unchecked, passed, found.check));
  };

  const learn = (id: string, health: CheckedHealth) => {
    const before = known.get(id)?.status;
    known.set(id, health);
    if (health.status !== before) changed();
  };

  const reconcile = () => {
    reconciling = false;
    for (const id of timers.keys()) if (checkable(store, id, used()) === undefined) stop(id);
    for (const id of known.keys()) if (store.targets.get(id) === undefined) known.delete(id);
    for (const { id } of store.targets.list()) {
      if (!timers.has(id) && checkable(store, id, used()) !== undefined) void check(id);
    }
  };

  store.onChange(() => {
    groups = undefined;
    if (reconciling) return;
    reconciling = true;
    queueMicrotask(reconcile);
  });

  return {
    healthOf(group, target) {
      if (target.draining) return { status: "DRAINING", reasonCode: undefined };
      if (!used().has(group.id)) return { status: "UNUSED", reasonCode: "TargetGroupNotInUse" };
      if (healthCheckOf(group) === undefined) {
        return { status: "UNAVAILABLE", reasonCode: "HealthCheckNotSupported" };
      }
      return shownHealth(known.get(target.id) ?? unchecked);
    },
    resume: reconcile,
    close() {
      for (const id of timers.keys()) stop(id);
    },
  };
}

/** The target of that id with its check, where it is to be checked at all: only in a group that is used. */
function checkable(store: Store, id: string, used: ReadonlySet<string>) {
  const target = store.targets.get(id);
  const group = target && store.targetGroups.get(target.groupId);
  const check = group && healthCheckOf(group);
  if (target?.port === undefined || target.draining || check === undefined) return undefined;
  return used.has(target.groupId) ? { target, port: target.port, check } : undefined;
}

function healthCheckOf({ config }: TargetGroup): HealthCheck | undefined {
  if (config.type === "LAMBDA" || config.healthCheck?.enabled !== true) return undefined;
  return config.healthCheck;
}
