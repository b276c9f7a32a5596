import type { TopologyDocument } from "../document/document.ts";
import type { Warning } from "../plan/warning.ts";
import { alwaysTakes } from "./always-takes.ts";

/** Rules that take no request, since one of a lower priority number takes each that they could. */
export function shadowedRules({ services }: TopologyDocument): Warning[] {
  return Object.entries(services).flatMap(([service, { listeners }]) =>
    Object.entries(listeners).flatMap(([listener, { rules }]) => {
      const ordered = rules.toSorted((one, other) => one.priority - other.priority);
      return ordered.flatMap((rule, at) => {
        const earlier = ordered.slice(0, at).find(({ match }) => alwaysTakes(match, rule.match));
        if (earlier === undefined) return [];
        return [
          {
            address: `services.${service}.listeners.${listener}.rules.${rule.name}`,
            sentence: `can never match: the rule ${earlier.name}, priority ${earlier.priority}, takes every request that it could; put it before that one, or narrow ${earlier.name}`,
            confirm: false,
          },
        ];
      });
    }),
  );
}
