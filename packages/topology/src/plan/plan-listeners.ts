import { type Listener, portOf } from "../document/listener.ts";
import type { Service } from "../document/service.ts";
import type { ExistingListener, ExistingService } from "../existing.ts";
import { blocked, type Change, ready, refused, unchanged } from "./change.ts";
import { keepWeights, nothingLeft, sameAction } from "./keep-weights.ts";
import { type Missing, wantedAction, writable } from "./plan-action.ts";
import { planRules } from "./plan-rules.ts";
import { claim, leftOver, mayFill, type Sight, tagsFor } from "./sight.ts";

/** The listeners of a service and their rules. `service` is undefined until it is ACTIVE and ours. */
export function planListeners(
  sight: Sight,
  serviceName: string,
  { listeners, weights }: Pick<Service, "listeners" | "weights">,
  service: ExistingService | undefined,
  missing: Missing,
): Change[] {
  const written = Object.entries(listeners).flatMap(([name, wanted]) => {
    const address = `services.${serviceName}.listeners.${name}`;
    const live = service?.listeners.find((listener) => listener.name === name);
    const change =
      service && live
        ? planLive(
            sight,
            address,
            `the listener ${name} of ${serviceName}`,
            wanted,
            service,
            live,
            missing,
            weights,
          )
        : planNew(sight, serviceName, name, wanted, service, missing);
    const ours = live && mayFill(sight, address, live) ? live : undefined;
    // Nothing is planned inside of what is somebody else's.
    if (live && !ours) return [change];
    return [change, ...planRules(sight, address, wanted.rules, service, ours, missing, weights)];
  });
  return [...written, ...(service ? planRemovals(sight, service, listeners) : [])];
}

function planNew(
  sight: Sight,
  serviceName: string,
  name: string,
  wanted: Listener,
  service: ExistingService | undefined,
  missing: Missing,
): Change {
  const address = `services.${serviceName}.listeners.${name}`;
  const port = portOf(wanted);
  const sentence = `create the listener ${name} of ${serviceName} on ${wanted.protocol} port ${port}`;
  const action = wantedAction(sight, wanted.defaultAction, missing);
  const step = { address, verb: "create" as const, sentence, locks: service ? [service.arn] : [] };
  if (!service || !action.ready)
    return blocked(step, [
      ...(service ? [] : [`services.${serviceName}`]),
      ...(action.ready ? [] : action.after),
    ]);
  return ready(step, {
    operation: "CreateListener",
    input: {
      serviceIdentifier: service.id,
      name,
      protocol: wanted.protocol,
      port,
      defaultAction: writable(action.action),
      tags: tagsFor(sight, wanted.tags),
    },
  });
}

function planLive(
  sight: Sight,
  address: string,
  label: string,
  wanted: Listener,
  service: ExistingService,
  live: ExistingListener,
  missing: Missing,
  weights: Service["weights"],
): Change {
  const locks = [service.arn];
  const claimed = claim(sight, address, label, live, wanted.tags, locks);
  if (claimed) return claimed;
  if (live.protocol !== wanted.protocol || live.port !== portOf(wanted))
    return refused(
      address,
      `is on ${wanted.protocol} port ${portOf(wanted)}, and was on ${live.protocol} port ${live.port}; Lattice cannot change it: write a new listener beside it, then take this one out`,
    );
  const step = { address, verb: "update" as const, sentence: `change the default action of ${label}`, locks };
  const action = wantedAction(sight, wanted.defaultAction, missing);
  const merged = keepWeights(action.action, live.defaultAction, weights);
  if (merged === "empty") return refused(address, nothingLeft);
  if (!action.ready) return blocked(step, action.after);
  if (sameAction(merged, live.defaultAction)) return unchanged(address, `${label} is as written`);
  return ready(step, {
    operation: "UpdateListener",
    input: { serviceIdentifier: service.id, listenerIdentifier: live.id, defaultAction: writable(merged) },
    was: writable(live.defaultAction),
  });
}

function planRemovals(sight: Sight, service: ExistingService, written: object): Change[] {
  return leftOver(sight, service.listeners, written).map((live) => {
    const address = `services.${service.name}.listeners.${live.name}`;
    const sentence = `delete the listener ${live.name} of ${service.name}`;
    const input = { serviceIdentifier: service.id, listenerIdentifier: live.id };
    return ready(
      { address, verb: "delete", sentence, locks: [service.arn] },
      { operation: "DeleteListener", input },
    );
  });
}
