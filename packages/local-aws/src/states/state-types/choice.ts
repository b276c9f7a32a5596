import type { ChoiceState } from "../definition/state-machine-definition.ts";
import { conclude } from "../engine/conclude.ts";
import type { Entry, Exit } from "../engine/entry.ts";
import { boolean, evaluatedAs } from "../engine/evaluated.ts";
import { StateFailure } from "../engine/state-failure.ts";

/** Takes the first rule whose condition is true; its Assign and Output count then, not the state's. */
export async function choice(state: ChoiceState, entry: Entry): Promise<Exit> {
  for (const [index, rule] of state.Choices.entries()) {
    const place = `Choices[${index}]/`;
    if (await evaluatedAs(rule.Condition, `${place}Condition`, entry, boolean))
      return await conclude(rule, entry, entry.input, {}, place);
  }
  if (state.Default === undefined)
    throw new StateFailure(
      "States.NoChoiceMatched",
      `Failed to transition out of the state '${entry.name}' (entered at the event id #${entry.eventId}). The state does not point to a next state.`,
    );
  return await conclude({ ...state, Next: state.Default }, entry, entry.input);
}
