import { type Expression, type Operator, precedence } from "./expression.ts";
import { type Token, tokens } from "./tokens.ts";

/** Nesting beyond this is refused, so that no expression can exhaust the stack. */
const deepest = 100;

const spellings: Readonly<Record<string, string>> = { "&&": "AND", "||": "OR" };

/** An expression that cannot be read; the message says what is wrong where. */
export class InvalidExpression extends Error {
  override readonly name = "InvalidExpression";
}

/**
 * Reads a metric math expression. Throws InvalidExpression.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax
 */
export function parseExpression(text: string): Expression {
  const pieces = tokens(text);
  if (pieces === undefined) throw new InvalidExpression(`"${text}" has a character that means nothing here`);
  let at = 0;
  const peek = (): Token | undefined => pieces[at];
  const isSymbol = (symbol: string) => peek()?.type === "symbol" && peek()?.text === symbol;
  const take = (symbol: string) => {
    if (!isSymbol(symbol)) throw new InvalidExpression(`"${symbol}" is missing before ${place(peek())}`);
    at += 1;
  };

  const operatorAt = (level: number): Operator | undefined => {
    const token = peek();
    if (token === undefined || token.type === "number" || token.type === "text") return undefined;
    const spelled = spellings[token.text] ?? token.text;
    return precedence[level]?.find((operator) => operator === spelled);
  };
  const binary = (level: number, depth: number): Expression => {
    if (level === precedence.length) return unary(depth);
    let left = binary(level + 1, depth);
    for (let operator = operatorAt(level); operator !== undefined; operator = operatorAt(level)) {
      at += 1;
      left = { type: "operation", operator, left, right: binary(level + 1, depth) };
    }
    return left;
  };
  const unary = (depth: number): Expression => {
    if (depth > deepest) throw new InvalidExpression(`it nests more than ${deepest} deep`);
    if (!isSymbol("-")) return primary(depth);
    at += 1;
    return { type: "negation", operand: unary(depth + 1) };
  };
  const primary = (depth: number): Expression => {
    const token = peek();
    at += 1;
    if (token?.type === "number") return { type: "number", value: Number(token.text) };
    if (token?.type === "text") return { type: "text", value: token.text };
    if (token?.type === "name") {
      if (!isSymbol("(")) return { type: "reference", id: token.text };
      at += 1;
      return { type: "call", name: token.text, operands: items(")", depth) };
    }
    if (token?.text === "[") return { type: "list", items: items("]", depth) };
    if (token?.text !== "(")
      throw new InvalidExpression(`there is nothing to compute before ${place(token)}`);
    const inner = binary(0, depth + 1);
    take(")");
    return inner;
  };
  const items = (end: string, depth: number): Expression[] => {
    const found: Expression[] = [];
    while (!isSymbol(end)) {
      if (found.length > 0) take(",");
      found.push(binary(0, depth + 1));
    }
    take(end);
    return found;
  };

  const whole = binary(0, 0);
  if (at < pieces.length) throw new InvalidExpression(`${place(peek())} does not belong there`);
  return whole;
}

const place = (token: Token | undefined) => (token === undefined ? "the end" : `"${token.text}"`);
