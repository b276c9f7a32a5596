import type { Existing, ExistingService, LatticeAction } from "../existing.ts";
import { ownerTag } from "../plan/sight.ts";
import type { Problem } from "../problem.ts";

/** The services that a topology made, by its name. */
export const servicesOf = ({ services }: Existing, name: string): ExistingService[] =>
  services.filter(({ tags }) => tags[ownerTag] === name);

/**
 * What speaks against deleting a topology's services: requests that came to them in the last minutes and are forwarded, and
 * rollouts that hold them. Both are given by the service's id.
 */
export function carriersOf(
  existing: Existing,
  name: string,
  requests: ReadonlyMap<string, number>,
  holders: ReadonlyMap<string, string>,
): Problem[] {
  return servicesOf(existing, name).flatMap((service) => {
    const place = `services.${service.name}`;
    const count = requests.get(service.id) ?? 0;
    const holder = holders.get(service.id);
    return [
      ...(holder === undefined
        ? []
        : [{ place, message: `is held by the rollout ${holder}; let it end, or abort it` }]),
      ...(count > 0 && forwards(service)
        ? [
            {
              place,
              message: `had ${count} ${count === 1 ? "request" : "requests"} in the last ten minutes; take its callers away first, or destroy it even with traffic`,
            },
          ]
        : []),
    ];
  });
}

const forwards = ({ listeners }: ExistingService): boolean =>
  listeners.some(({ defaultAction, rules }) => [defaultAction, ...rules.map(actionOf)].some(carries));

const actionOf = ({ action }: { readonly action: LatticeAction }) => action;

const carries = (action: LatticeAction): boolean =>
  "forward" in action && action.forward.targetGroups.some(({ weight }) => weight > 0);
