import type { Statement } from "../document.ts";
import { listOf } from "../one-or-many.ts";
import { type RequestContext, variablesOf } from "../request-context.ts";
import type { TextMatcher } from "../template.ts";
import { conditionOperator, type Quantifier } from "./condition-operator.ts";

type Holds = (context: RequestContext) => boolean;

/** One key of one operator of a Condition. */
export interface ConditionMatcher {
  readonly operator: string;
  readonly key: string;
  /** The policy's values, any of which will do. */
  readonly value: readonly string[];
  readonly holds: Holds;
}

/** The tests that a Condition is made of; each must hold. */
export function conditionMatchers(
  condition: NonNullable<Statement["Condition"]>,
  variables: boolean,
): readonly ConditionMatcher[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => {
      const value = listOf(values).map(String);
      return { operator, key, value, holds: keyMatcher(operator, key, value, variables) };
    }),
  );
}

function keyMatcher(name: string, key: string, values: readonly string[], variables: boolean): Holds {
  const operator = conditionOperator(name);
  if (operator === undefined) throw new TypeError(`${name} is not a condition operator`);
  if (operator.type === "null") {
    return (context) =>
      values.some((value) => (context(key) === undefined) === (value.toLowerCase() === "true"));
  }
  const { quantifier, ifExists } = operator;
  const { negated } = operator.operator;
  const satisfies = valueMatcher(
    values
      .map((value) => operator.operator.compile(value, { variables }))
      .filter((matcher) => matcher !== undefined),
    negated,
  );
  return (context) => {
    const actual = context(key) ?? [];
    const [first] = actual;
    if (first === undefined) return ifExists || absentHolds(quantifier, negated);
    const lookup = variablesOf(context);
    if (actual.length === 1) return satisfies(first, lookup);
    const holds = (value: string) => satisfies(value, lookup);
    return quantifier === "all" || (quantifier === "one" && negated)
      ? actual.every(holds)
      : actual.some(holds);
  };
}

/** One value of the request against all of the policy's: any of them for a plain operator, none for a negated one. */
function valueMatcher(matchers: readonly TextMatcher[], negated: boolean): TextMatcher {
  const [only] = matchers;
  if (only !== undefined && matchers.length === 1) return (text, lookup) => only(text, lookup) !== negated;
  return (text, lookup) => matchers.some((matches) => matches(text, lookup)) !== negated;
}

function absentHolds(quantifier: Quantifier, negated: boolean): boolean {
  return quantifier === "all" || (quantifier === "one" && negated);
}
