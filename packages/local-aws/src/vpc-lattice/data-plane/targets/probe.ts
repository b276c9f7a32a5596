import { type Agent, request } from "undici";
import type { AddressBook } from "./address-book.ts";
import type { Probe } from "./health-checks.ts";
import { passes } from "./target-health.ts";

/** Probes over HTTP/1.1. The time-out is wall time: it bounds a socket. */
export function httpProbe(agent: Agent, addresses: AddressBook): Probe {
  return async (target, port, check) => {
    const address = addresses.resolve(target.target, port);
    if (address === undefined || check.protocol === "TCP") return false;
    try {
      const answer = await request(`${check.protocol.toLowerCase()}://${address}${check.path}`, {
        dispatcher: agent,
        headers: { "user-agent": "Amazon-VPC-Lattice-Health-Check" },
        signal: AbortSignal.timeout(check.healthCheckTimeoutSeconds * 1000),
      });
      await answer.body.dump();
      return passes(check.matcher.httpCode, answer.statusCode);
    } catch {
      return false;
    }
  };
}
