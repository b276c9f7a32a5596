import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { steadyTraffic, type Traffic } from "@espalier/topology";
import { measuredTraffic } from "../../cost/measured-traffic.ts";
import { spanOf } from "../../span-of.ts";

/** The traffic of services by name, and where it is from, in words. */
interface Reckoned {
  readonly of: (service: string) => Traffic;
  readonly said: readonly string[];
}

/** The same traffic for every service. */
export function assumedTraffic(requestsPerSecond: number, bytesPerRequest: number): Reckoned {
  const traffic = steadyTraffic(requestsPerSecond, bytesPerRequest);
  return {
    of: () => traffic,
    said: [
      `Assumed: ${requestsPerSecond} requests a second of each service at all hours, ${bytesPerRequest} bytes each with the answer.`,
    ],
  };
}

/** What CloudWatch has measured; bytes are assumed where there were requests and none were counted. */
export async function foundTraffic(
  services: readonly string[],
  region: string,
  since: string,
  bytesPerRequest: number,
): Promise<Reckoned> {
  const clients = { cloudWatch: new CloudWatchClient({ region }), lattice: new VPCLatticeClient({ region }) };
  const hours = Math.ceil(spanOf("since", since) / 3_600_000);
  const { from, to, traffic } = await measuredTraffic(clients, services, hours, Date.now());
  const missing = services.filter((service) => !traffic.has(service));
  const idle = services.filter((service) => traffic.get(service)?.requests.length === 0);
  const uncounted = services.filter((service) => isUncounted(traffic.get(service) ?? none));
  return {
    of(service) {
      const found = traffic.get(service) ?? none;
      if (found.requests.length === 0) return none;
      if (!isUncounted(found)) return found;
      return { ...found, bytes: found.requests.reduce((sum, hour) => sum + hour, 0) * bytesPerRequest };
    },
    said: [
      `Measured by CloudWatch from ${minute(from)} to ${minute(to)}; a younger service from its first request on.`,
      ...told("no bytes were counted", uncounted, `${bytesPerRequest} a request are assumed`),
      ...told("no traffic was measured", idle, "only hours are reckoned"),
      ...told(
        "not in Lattice",
        missing,
        "only hours are reckoned; assume traffic with --requests-per-second",
      ),
    ],
  };
}

const none: Traffic = { hours: 1, requests: [], bytes: 0 };

const isUncounted = ({ requests, bytes }: Traffic) => bytes === 0 && requests.length > 0;

const minute = (at: Date) => `${at.toISOString().slice(0, 16)}Z`;

const told = (what: string, services: readonly string[], then: string) =>
  services.length === 0 ? [] : [`${services.join(", ")}: ${what}; ${then}.`];
