import { portOf } from "../document/listener.ts";
import type { ExistingListener, ExistingRule, LatticeAction, LatticeMatch } from "../existing.ts";
import { ownTags, unlessEmpty, type Written } from "./written.ts";

type WriteAction = (action: LatticeAction) => Written;

/** A listener as it is written, its rules in the order in which they are looked at. */
export function writtenListener(listener: ExistingListener, write: WriteAction): Written {
  const protocol = listener.protocol === "HTTPS" ? "HTTPS" : "HTTP";
  const rules = listener.rules.toSorted((one, other) => one.priority - other.priority);
  return {
    protocol,
    ...(listener.port !== portOf({ protocol }) && { port: listener.port }),
    defaultAction: write(listener.defaultAction),
    ...unlessEmpty(
      "rules",
      rules.map((rule) => writtenRule(rule, write)),
    ),
    ...unlessEmpty("tags", ownTags(listener.tags)),
  };
}

const writtenRule = ({ name, priority, match, action }: ExistingRule, write: WriteAction): Written => ({
  ...{ name, priority, match: writtenMatch(match), action: write(action) },
});

type Comparison = NonNullable<LatticeMatch["httpMatch"]["pathMatch"]>["match"];

function writtenMatch({ httpMatch: { method, pathMatch, headerMatches = [] } }: LatticeMatch): Written {
  const compared = ({ exact, prefix, contains }: Comparison, caseSensitive: boolean | undefined) => ({
    ...(exact !== undefined && { exact }),
    ...(prefix !== undefined && { prefix }),
    ...(contains !== undefined && { contains }),
    ...(caseSensitive && { caseSensitive }),
  });
  return {
    ...(pathMatch && { path: compared(pathMatch.match, pathMatch.caseSensitive) }),
    ...(method && { method }),
    ...unlessEmpty(
      "headers",
      headerMatches.map((header) => ({ name: header.name, ...compared(header.match, header.caseSensitive) })),
    ),
  };
}
