import type { Expression } from "./expression.ts";
import { fill } from "./fill.ts";
import { functions, type Surroundings } from "./functions.ts";
import { ifElse } from "./if.ts";
import { applyOperator } from "./operators.ts";
import { InvalidExpression } from "./parse-expression.ts";
import { mapPoints, mapValue, scalar, seriesOf, type TimeSeries, type Value } from "./value.ts";

/** Where an expression finds the series that it speaks of. */
export interface Sources extends Surroundings {
  /** What the query of an id comes to. Throws InvalidExpression where there is none. */
  value(id: string): Value;
  /** The series of the metrics whose ids contain the text. */
  metrics(text: string): readonly TimeSeries[];
}

/** Computes an expression. Throws InvalidExpression. */
export function evaluate(expression: Expression, sources: Sources): Value {
  const of = (inner: Expression) => evaluate(inner, sources);
  switch (expression.type) {
    case "number":
      return scalar(expression.value);
    case "text":
      throw new InvalidExpression(`"${expression.value}" is no number`);
    case "reference":
      return sources.value(expression.id);
    case "list":
      return { type: "array", all: expression.items.flatMap((item) => seriesOf(of(item))) };
    case "negation":
      return mapValue(
        of(expression.operand),
        (value) => -value,
        ({ points }) => mapPoints(points, (value) => -value),
      );
    case "operation":
      return applyOperator(expression.operator, of(expression.left), of(expression.right));
    case "call":
      return call(expression.name, expression.operands, sources);
  }
}

function call(name: string, operands: readonly Expression[], sources: Sources): Value {
  const of = (inner: Expression) => evaluate(inner, sources);
  const [first, second, third] = operands;
  if (name === "METRICS") {
    if (first !== undefined && first.type !== "text") throw new InvalidExpression("METRICS takes a text");
    return { type: "array", all: sources.metrics(first?.value ?? "") };
  }
  const found = functions.get(name);
  const expected = name === "IF" ? [2, 3] : name === "FILL" ? [2] : [1];
  if (found === undefined && name !== "IF" && name !== "FILL") {
    const offered = [...functions.keys(), "FILL", "IF", "METRICS"].toSorted().join(", ");
    throw new InvalidExpression(`the function ${name} is not offered here; ${offered} are`);
  }
  if (first === undefined || !expected.includes(operands.length)) {
    throw new InvalidExpression(`${name} takes ${expected.join(" or ")} operands, not ${operands.length}`);
  }
  if (found !== undefined) return found([of(first)], sources);
  if (second === undefined) throw new InvalidExpression(`${name} takes more operands`);
  if (name === "IF") return ifElse(of(first), of(second), third === undefined ? undefined : of(third));
  const id = second.type === "reference" ? second.id : "";
  return fill(
    of(first),
    id === "REPEAT" || id === "LINEAR" ? { type: id } : { type: "value", value: of(second) },
    sources,
  );
}
