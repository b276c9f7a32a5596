import { Agent } from "undici";
import type { Platform, Service } from "../platform.ts";
import type { ControlPlane } from "./control-plane/control-plane.ts";
import { idempotencyTokens } from "./control-plane/idempotency.ts";
import { lifeCycle } from "./control-plane/life-cycle.ts";
import { latticeOperations } from "./control-plane/operations.ts";
import { type Place, placeOf } from "./control-plane/ownership.ts";
import { createStore } from "./control-plane/store.ts";
import type { IdentitySource } from "./data-plane/admission/authenticate.ts";
import { rateLimit } from "./data-plane/admission/rate-limit.ts";
import { type CertificateSource, certificates } from "./data-plane/door/certificates.ts";
import { gateways } from "./data-plane/door/gateways.ts";
import { headerLimits } from "./data-plane/door/limits.ts";
import { passThrough } from "./data-plane/door/pass-through.ts";
import { type AskedRequest, explainRequest, type RequestExplained } from "./data-plane/explain-request.ts";
import { createProxy, type ProxyParts } from "./data-plane/proxy.ts";
import { accessLogs } from "./data-plane/records/access-logs.ts";
import { deliverLog } from "./data-plane/records/deliver-log.ts";
import { createMeter } from "./data-plane/records/meter.ts";
import type { Dimension } from "./data-plane/records/metrics.ts";
import { evenChooser, randomChooser } from "./data-plane/routing/group-chooser.ts";
import { liveRouting } from "./data-plane/routing/live-routing.ts";
import { type AddressBook, addressBook } from "./data-plane/targets/address-book.ts";
import { healthChecks } from "./data-plane/targets/health-checks.ts";
import { httpProbe } from "./data-plane/targets/probe.ts";
import { targetConnections } from "./data-plane/targets/target-connections.ts";
import { targetPools } from "./data-plane/targets/target-pools.ts";
import { defaultSettings, type LatticeSettings } from "./settings.ts";

/** What Lattice needs besides the platform. */
export interface LatticeDependencies {
  /** The caller that an access key belongs to, its secret and the policies of its identity. */
  readonly identity: IdentitySource;
  readonly certificates: CertificateSource;
  /** Whether a service or network is shared with an account; by default nothing is. */
  readonly isShared?: (resourceArn: string, account: string) => boolean;
  /** What an account has in a region, for its metrics and access logs; by default all have the one platform. */
  readonly platformOf?: (place: Place) => Platform;
  /** Hears of faults of this program; by default they are printed to standard error. */
  readonly report?: (fault: unknown) => void;
}

/** VPC Lattice: the control plane as a service, the data plane as doors for callers. */
export interface Lattice extends Service {
  readonly name: "vpc-lattice";
  /**
   * The loopback port on which callers in the VPC reach Lattice, over HTTP/1.1, HTTP/2 and TLS; requests are routed by their Host.
   * `port` is taken where it is not open yet; by default a free one. Callers in one of the VPC's zones, as metrics tell them apart,
   * have a port of their own.
   */
  gateway(vpcId: string, port?: number, zone?: string): Promise<number>;
  /**
   * The port of a trusted local proxy, which names the VPC of each request in the header `x-espalier-source-vpc`, and may name the
   * zone in `x-espalier-source-zone`.
   */
  trustedGateway(port?: number): Promise<number>;
  /** The custom domain names of the services that callers in the VPC find. */
  customNames(vpcId: string): readonly string[];
  readonly addresses: AddressBook;
  /** What would be done with a request, and why. */
  explain(asked: AskedRequest): RequestExplained;
  close(): Promise<void>;
}

/** Lattice with what is kept of it. `settings` replace the defaults one by one. */
export function createLattice(
  platform: Platform,
  {
    identity,
    certificates: source,
    isShared = () => false,
    platformOf = () => platform,
    report = (fault) => console.error(fault),
  }: LatticeDependencies,
  settings: Partial<LatticeSettings> = {},
): Lattice {
  const set = { ...defaultSettings, ...settings };
  const { clock, storage } = platform;
  const store = createStore(storage);
  const probes = new Agent({ maxHeaderSize: headerLimits.bytes, connect: { rejectUnauthorized: false } });

  const addresses = addressBook(storage.map("vpc-lattice.addresses"), () => pools.changed());
  const health = healthChecks(store, platform.clock, httpProbe(probes, addresses), () => pools.changed());
  const pools = targetPools(store, health.healthOf, addresses);
  store.onChange(() => pools.changed());

  const plane: ControlPlane = {
    store,
    platform,
    settings: set,
    lifeCycle: lifeCycle({
      clock,
      store,
      transitionMs: set.transitionMs,
      transitions: storage.map("vpc-lattice.transitions"),
    }),
    tokens: idempotencyTokens(storage.map("vpc-lattice.client-tokens")),
    isShared,
    targetHealth: health.healthOf,
    hasAddress: addresses.has,
  };

  const routing = liveRouting(store, platform.clock, set.propagationMs);
  const arnOf = ({ name, id }: Dimension) =>
    (name === "Service" ? store.services : store.targetGroups).get(id)?.arn;
  const meter = createMeter({
    clock,
    platformOf,
    ownerOf(dimension) {
      const arn = arnOf(dimension);
      return arn === undefined ? platform : placeOf(arn);
    },
    exists: (dimension) => arnOf(dimension) !== undefined,
    lag: set.metricLagMs,
  });
  const logs = accessLogs(platform, set.accessLogLagMs, deliverLog(platformOf, set.accessLogFolder, report));
  const connections = targetConnections(meter);
  const parts: ProxyParts = {
    platform,
    routing,
    identityOf(accessKeyId) {
      const known = identity(accessKeyId);
      return known && { ...known, organization: set.organization };
    },
    clockSkewSeconds: set.clockSkewSeconds,
    withinRate: rateLimit(set.requestsPerSecond, () => performance.now()),
    chooseGroup: set.choice === "deterministic" ? evenChooser() : randomChooser(platform.random),
    pools,
    connections,
    meter,
    accessLogs: logs,
    report,
  };
  const doors = gateways(
    {
      serve: createProxy(parts),
      contextOf: certificates(routing, source),
      passThrough: passThrough(parts),
    },
    set.door,
  );

  return {
    name: "vpc-lattice",
    checksInput: true,
    operations: latticeOperations(plane),
    gateway: doors.portOf,
    trustedGateway: doors.trustedPort,
    customNames: (vpcId) => routing().vpcs.get(vpcId)?.network.customNames ?? [],
    addresses,
    explain: (asked) => explainRequest(parts, asked),
    resume() {
      plane.lifeCycle.resume();
      health.resume();
    },
    async close() {
      health.close();
      meter.close();
      logs.close();
      await doors.close();
      await connections.close();
      await probes.destroy();
    },
  };
}
