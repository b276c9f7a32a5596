import {
  type CutOff,
  cutOff,
  type Guard,
  type Misplaced,
  misplacedPolicy,
  type Seen,
} from "@espalier/policy";
import type { TopologyDocument } from "../document/document.ts";
import type { Existing } from "../existing.ts";
import type { Warning } from "../plan/warning.ts";
import { existingPremises, premisesOf } from "./premises-of.ts";

/**
 * ARNs, of whatever kind, of where the requests are logged that changed policies will decide about: of networks and services
 * whose auth type or policy the document changes, and of what lies in or around them. None: nothing is changed for callers.
 */
export function logsForWarnings(document: TopologyDocument, existing: Existing): string[] {
  const before = existingPremises(existing);
  const after = premisesOf(document, { existing });
  const changed = new Set(
    (["networks", "services"] as const).flatMap((kind) =>
      after[kind].flatMap(({ arn, guard }) => {
        const was = before[kind].find((each) => each.arn === arn)?.guard;
        return was === undefined || sameGuard(was, guard) ? [] : [arn];
      }),
    ),
  );
  const concerned = existing.networks.flatMap((network) => {
    const services = existing.services.filter(({ arn }) =>
      network.services.some(({ serviceArn }) => serviceArn === arn),
    );
    if (changed.has(network.arn)) return [network, ...services];
    const own = services.filter(({ arn }) => changed.has(arn));
    return own.length > 0 ? [network, ...own] : [];
  });
  const destinations = concerned.flatMap(({ accessLogs }) =>
    accessLogs.map(({ destination }) => destination),
  );
  return [...new Set(destinations)];
}

/** Both were read, so their members come in one order; where they only look different some logs are read in vain. */
const sameGuard = (one: Guard, other: Guard): boolean => JSON.stringify(one) === JSON.stringify(other);

/**
 * What the policies of a document would do that its author may not have meant: cut off a caller that the access logs show, which
 * has to be confirmed, or nothing at all, where they are.
 */
export function policyWarnings(
  document: TopologyDocument,
  existing: Existing,
  seen: readonly Seen[],
): Warning[] {
  const after = premisesOf(document, { existing });
  return [
    ...after.services.flatMap(({ name, arn, guard }) => {
      if (guard.type !== "policy" || guard.document === undefined) return [];
      const others = after.services.filter((other) => other.arn !== arn);
      return misplacedPolicy({ name, arn }, guard.document, others).map((misplaced) => ({
        address: `services.${name}.policy`,
        sentence: misplacedSentence(name, misplaced),
        // Whoever wrote a Deny counts on it.
        confirm: misplaced.effect === "Deny",
      }));
    }),
    ...cutOff(seen, existingPremises(existing), after).map((cut) => ({
      address: `${cut.layer}s.${cut.owner}.policy`,
      sentence: cutOffSentence(cut),
      confirm: true,
    })),
  ];
}

function misplacedSentence(service: string, { statement, sid, means }: Misplaced): string {
  const which = `Statement[${statement}]${sid === undefined ? "" : ` (${sid})`}`;
  const subject = `${which} says nothing about calls of ${service}, and a policy of a service decides about no others`;
  return means.length === 0
    ? `${subject}: no call of ${service} has such a resource, which is its ARN with a path`
    : `${subject}: what it says of ${means.join(" and ")} belongs on ${means.length === 1 ? "that service" : "those services"}, or on their network`;
}

/** Calls told one by one; of the rest their number. */
const told = 3;

/** So many characters of a path, which its caller chose, are told. */
const longestPath = 100;

function cutOffSentence({ caller, service, how, requests }: CutOff): string {
  const most = [...requests].sort((a, b) => b.count - a.count);
  const calls = most
    .slice(0, told)
    .map(({ method, path, count }) => `${method} ${path.slice(0, longestPath)} (${times(count)})`);
  const rest = most.length - calls.length;
  const what = rest > 0 ? [...calls, rest === 1 ? "another call" : `${rest} other calls`] : calls;
  const cuts = how === "surely" ? "cuts off" : "may cut off, by a condition that no access log tells,";
  return `${cuts} ${caller}, which called ${service} so far: ${what.join(", ")}`;
}

const times = (count: number) => (count === 1 ? "once" : `${count} times`);
