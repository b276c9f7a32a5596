import { type Asked, type Decider, ruleNames, rules } from "@espalier/simulation";
import { ExitCode, UserError } from "../../fail.ts";

/** The rules that `--rule` names. Throws UserError for one that there is not. */
export function chooseRules(name: string, asked: Asked): Decider[] {
  if (name === "all") return ruleNames.map((each) => rules[each](asked));
  const found = ruleNames.find((each) => each === name);
  if (found) return [rules[found](asked)];
  throw new UserError(`there is no rule "${name}"; there are: ${ruleNames.join(", ")}, all`, {
    exitCode: ExitCode.usage,
  });
}
