import { Agent } from "undici";
import type { Platform, Service } from "../platform.ts";
import type { ControlPlane } from "./control-plane/control-plane.ts";
import { idempotencyTokens } from "./control-plane/idempotency.ts";
import { lifeCycle } from "./control-plane/life-cycle.ts";
import { latticeOperations } from "./control-plane/operations.ts";
import { createStore } from "./control-plane/store.ts";
import type { IdentitySource } from "./data-plane/admission/authenticate.ts";
import { headerLimits } from "./data-plane/arrival.ts";
import { gateways } from "./data-plane/door/gateways.ts";
import { createProxy } from "./data-plane/proxy.ts";
import { createMeter } from "./data-plane/records/meter.ts";
import { evenChooser, randomChooser } from "./data-plane/routing/group-chooser.ts";
import { liveRouting } from "./data-plane/routing/live-routing.ts";
import { type AddressBook, addressBook } from "./data-plane/targets/address-book.ts";
import { healthChecks } from "./data-plane/targets/health-checks.ts";
import { httpProbe } from "./data-plane/targets/probe.ts";
import { targetPools } from "./data-plane/targets/target-pools.ts";
import { defaultSettings, type LatticeSettings } from "./settings.ts";

/** What Lattice needs besides the platform. */
export interface LatticeDependencies {
  /** The caller that an access key belongs to, its secret and the policies of its identity. */
  readonly identity: IdentitySource;
  /** Hears of faults of this program; by default they are printed to standard error. */
  readonly report?: (fault: unknown) => void;
}

/** VPC Lattice: the control plane as a service, the data plane as doors for callers. */
export interface Lattice extends Service {
  readonly name: "vpc-lattice";
  /** The loopback port on which callers in the VPC reach Lattice; requests are routed by their Host. */
  gateway(vpcId: string): Promise<number>;
  readonly addresses: AddressBook;
  close(): Promise<void>;
}

/** An empty Lattice. `settings` replace the defaults one by one. */
export function createLattice(
  platform: Platform,
  { identity, report = (fault) => console.error(fault) }: LatticeDependencies,
  settings: Partial<LatticeSettings> = {},
): Lattice {
  const set = { ...defaultSettings, ...settings };
  const store = createStore();
  // The certificates of targets are not verified: https://docs.aws.amazon.com/vpc-lattice/latest/ug/target-groups.html
  const agent = new Agent({ maxHeaderSize: headerLimits.bytes, connect: { rejectUnauthorized: false } });

  const addresses = addressBook(() => pools.changed());
  const health = healthChecks(store, platform.clock, httpProbe(agent, addresses), () => pools.changed());
  const pools = targetPools(store, health.healthOf);
  store.onChange(() => pools.changed());

  const plane: ControlPlane = {
    store,
    platform,
    settings: set,
    lifeCycle: lifeCycle(platform.clock, set.transitionMs),
    tokens: idempotencyTokens(),
    targetHealth: health.healthOf,
  };

  const meter = createMeter(platform, set.metricLagMs);
  const doors = gateways(
    createProxy({
      platform,
      routing: liveRouting(store, platform.clock, set.propagationMs),
      identityOf: identity,
      clockSkewSeconds: set.clockSkewSeconds,
      chooseGroup: set.choice === "deterministic" ? evenChooser() : randomChooser(platform.random),
      pools,
      addresses,
      agent,
      meter,
      report,
    }),
  );

  return {
    name: "vpc-lattice",
    operations: latticeOperations(plane),
    gateway: doors.portOf,
    addresses,
    async close() {
      health.close();
      meter.close();
      await doors.close();
      await agent.destroy();
    },
  };
}
