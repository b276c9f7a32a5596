import type { FailState } from "../definition/state-machine-definition.ts";
import type { Entry } from "../engine/entry.ts";
import { evaluatedAs, string } from "../engine/evaluated.ts";
import { StateFailure } from "../engine/state-failure.ts";

export async function fail({ Error: error, Cause: cause }: FailState, entry: Entry): Promise<never> {
  const text = (template: string | undefined, field: string) =>
    template === undefined ? undefined : evaluatedAs(template, field, entry, string);
  throw new StateFailure(await text(error, "Error"), await text(cause, "Cause"));
}
