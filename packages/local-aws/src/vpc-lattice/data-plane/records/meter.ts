import type { Clock, Timer } from "../../../clock/clock.ts";
import type { Platform } from "../../../platform.ts";
import type { Place } from "../../control-plane/ownership.ts";
import { failureOf, statusOf } from "../outcome.ts";
import type { ConnectionObserver } from "../targets/target-connections.ts";
import { tlsFailed } from "../targets/tls-failed.ts";
import type { Finished } from "./finished-request.ts";
import { type Dimension, metrics, type OwnerOf } from "./metrics.ts";
import { count, type MinuteCounts } from "./minute-counts.ts";
import { openSockets } from "./open-sockets.ts";

/** Counts requests and connections and hands the counts to CloudWatch when their minute of AWS time is over. */
export interface Meter extends ConnectionObserver {
  /** A request of a caller in a zone is about to be sent to a target of the group. */
  sending(groupId: string, zone: string | undefined): void;
  /** A request is over. */
  request(finished: Finished): void;
  close(): void;
}

const timeouts = new Set(["connectionTimeout", "targetTimeout"]);
const timeoutCodes = new Set(["ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT"]);

interface MeterParts {
  readonly clock: Clock;
  /** The platform whose CloudWatch gets what belongs to an account and region. */
  readonly platformOf: (place: Place) => Pick<Platform, "observe">;
  readonly ownerOf: OwnerOf;
  /** Whether a resource has not been deleted. */
  readonly exists: (dimension: Dimension) => boolean;
  /** How long after its minute a datum can be seen. */
  readonly lag: number;
}

export function createMeter({ clock, platformOf, ...parts }: MeterParts): Meter {
  const counted = metrics(parts);
  const sockets = openSockets();
  const active = new Map<string, number>();
  let timer: Timer | undefined;

  const gaugesOf = (groupId: string, zone: string | undefined) => {
    const key = keyOf(groupId, zone);
    const { open, received, sent } = sockets.take(key);
    return {
      activeRequests: active.get(key) ?? 0,
      activeConnections: open,
      bytesReceived: received,
      bytesSent: sent,
    };
  };
  const flush = () => {
    for (const { owner, observation } of counted.take(clock.now(), gaugesOf))
      platformOf(owner).observe(observation);
    timer = clock.after(untilNextMinute(clock), flush);
  };
  const countsOf = (
    name: Dimension["name"],
    id: string,
    zone: string | undefined,
    now = clock.now(),
  ): MinuteCounts => {
    timer ??= clock.after(untilNextMinute(clock), flush);
    return counted.counts(name, id, zone, now);
  };

  return {
    sending(groupId, zone) {
      const key = keyOf(groupId, zone);
      active.set(key, (active.get(key) ?? 0) + 1);
    },
    request({ journey: { place, notes, zone }, outcome, at, durationMs: duration }) {
      const failure = failureOf(outcome);
      const timedOut = failure !== undefined && timeouts.has(failure);
      const measured = { status: statusOf(outcome), duration, timedOut };
      count(countsOf("Service", place.service.id, zone, at), measured);
      if (notes.group === undefined) return;
      const { id } = notes.group;
      count(countsOf("TargetGroup", id, zone, at), measured);
      const key = keyOf(id, zone);
      const left = (active.get(key) ?? 1) - 1;
      if (left > 0) active.set(key, left);
      else active.delete(key);
    },
    opened({ groupId, zone }, socket, version) {
      sockets.add(keyOf(groupId, zone), socket);
      const counts = countsOf("TargetGroup", groupId, zone);
      counts.connections[version] += 1;
      if ("encrypted" in socket) counts.tlsHandshakes += 1;
    },
    failed({ groupId, zone }, error, encrypted) {
      const counts = countsOf("TargetGroup", groupId, zone);
      const code = "code" in error ? String(error.code) : "";
      if (timeoutCodes.has(code)) counts.connectionTimeouts += 1;
      else if (encrypted && tlsFailed(code)) counts.tlsErrors += 1;
      else counts.connectionErrors += 1;
    },
    close() {
      timer?.cancel();
    },
  };
}

/** What is counted apart: a group, seen from a zone. */
function keyOf(groupId: string, zone: string | undefined): string {
  return zone === undefined ? groupId : `${groupId} ${zone}`;
}

function untilNextMinute(clock: Clock): number {
  return 60_000 - (clock.now() % 60_000);
}
