import { randomUUID } from "node:crypto";
import type { Authority } from "./acm/authority.ts";
import { AwsError } from "./aws-error.ts";
import type { Chance } from "./chance.ts";
import { boundedClock } from "./clock/bounded-clock.ts";
import type { Clock } from "./clock/clock.ts";
import { createServices, type Services } from "./create-services.ts";
import { faultyCalls } from "./faults/call-faults.ts";
import type { FaultBook } from "./faults/faults.ts";
import { faultyMetrics } from "./faults/metric-faults.ts";
import type { Credentials } from "./iam/access-keys.ts";
import { authoriser } from "./iam/authorise.ts";
import { createIam, type Iam } from "./iam/iam.ts";
import type { Platform } from "./platform.ts";
import type { Storage } from "./storage/storage.ts";
import type { LatticeSettings } from "./vpc-lattice/settings.ts";
import type { Catalogue } from "./wire/catalogue.ts";
import { type Dispatch, dispatcher } from "./wire/dispatcher.ts";

/** All services, from one reset to the next. */
export interface World {
  readonly iam: Iam;
  readonly services: Services;
  /** Makes a call that suffers no arranged fault. */
  readonly dispatch: Dispatch;
  /** Makes a call that suffers them. */
  readonly suffer: Dispatch;
  /** Takes up what was under way when the state in its storage was left. */
  resume(): void;
  /** Stops everything that is under way; what still comes out of it reaches nobody. */
  end(): Promise<void>;
}

export interface WorldParts {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly account: string;
  readonly region: string;
  readonly storage: Storage;
  /** The root's, if it has any from before. */
  readonly credentials: Credentials | undefined;
  readonly authority: Authority;
  readonly catalogue: Catalogue;
  readonly faults: FaultBook;
  readonly endpoint: () => string;
  readonly latticeSettings: Partial<LatticeSettings>;
  readonly report: (fault: unknown) => void;
}

export function createWorld(parts: WorldParts): World {
  const { account, region, faults, catalogue } = parts;
  const clock = boundedClock(parts.clock);
  let over = false;
  const platform: Platform = {
    clock,
    account,
    region,
    ...parts.chance,
    storage: parts.storage,
    call(caller, service, operation, input) {
      return over ? Promise.reject(gone()) : suffer(caller, service, operation, input, randomUUID());
    },
    assume: (roleArn, sessionName, service) =>
      iam.assume(roleArn, sessionName, { type: "service", account, arn: service }),
    emit(event) {
      if (!over) services.events.emit(event);
    },
    observe: faultyMetrics((observation) => services.monitoring.observe(observation), faults),
    log: (line) => services.logs.write(line),
  };
  const iam = createIam(platform, parts.credentials);
  const services = createServices(platform, { ...parts, iam });
  const dispatch = dispatcher({
    serviceNamed: services.named,
    catalogue,
    authorise: authoriser({ identityPolicies: iam.identityPolicies, now: clock.now }),
    clock,
    region,
  });
  const suffer = faultyCalls(dispatch, faults);
  return {
    iam,
    services,
    dispatch,
    suffer,
    resume() {
      for (const service of services.all) service.resume?.();
    },
    async end() {
      over = true;
      clock.close();
      await services.close();
    },
  };
}

const gone = () => new AwsError("ServiceUnavailableException", "this local AWS was reset or stopped", 503);
