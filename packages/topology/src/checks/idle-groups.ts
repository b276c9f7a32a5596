import { groupNamed, type Sight } from "../plan/sight.ts";
import type { Warning } from "../plan/warning.ts";

/** Groups that others fill and did not, though requests are forwarded to them: who is sent there is answered with an error. */
export function idleGroups(sight: Sight): Warning[] {
  const forwards = Object.entries(sight.document.services).flatMap(([service, { listeners }]) =>
    Object.entries(listeners).flatMap(([listener, { defaultAction, rules }]) => {
      const address = `services.${service}.listeners.${listener}`;
      return [
        { address, action: defaultAction },
        ...rules.map(({ name, action }) => ({ address: `${address}.rules.${name}`, action })),
      ];
    }),
  );
  return forwards.flatMap(({ address, action }) => {
    if ("fixedResponse" in action) return [];
    const idle = Object.entries(action.forward).filter(([name, weight]) => weight > 0 && isIdle(sight, name));
    return idle.map(([name]) => ({
      address,
      sentence: `forwards to ${name}, whose targets others register, and none is registered`,
      confirm: false,
    }));
  });
}

function isIdle(sight: Sight, name: string): boolean {
  const live = groupNamed(sight, name);
  return (
    sight.document.targetGroups[name]?.targets === "external" &&
    (live === undefined || live.targets.length === 0)
  );
}
