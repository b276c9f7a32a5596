import type { Json, JsonObject } from "../json.ts";
import type { Entry, Exit, Extra } from "./entry.ts";
import { evaluated } from "./evaluated.ts";

/** What decides how a state leaves: its own fields, those of a Choice rule, or those of a Catcher. */
export interface Conclusion {
  readonly Output?: Json | undefined;
  readonly Assign?: JsonObject | undefined;
  readonly Next?: string | undefined;
}

/**
 * Evaluates Assign and Output, both against the variables as they were when the state was entered. Without Output the
 * state leaves with `otherwise`. `prefix` leads to the fields in error messages (`Catch[0]/`).
 */
export async function conclude(
  { Output, Assign, Next }: Conclusion,
  entry: Entry,
  otherwise: Json,
  extra: Extra = {},
  prefix = "",
): Promise<Exit> {
  const assigned: [string, Json][] = [];
  for (const [name, template] of Object.entries(Assign ?? {}))
    assigned.push([name, await evaluated(template, `${prefix}Assign/${name}`, entry, extra)]);
  const output = Output === undefined ? otherwise : await evaluated(Output, `${prefix}Output`, entry, extra);
  return { output, assigned: Object.fromEntries(assigned), next: Next };
}
