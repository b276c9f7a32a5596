/** Answers the value of a condition key for `${key}`; undefined where the request has none, or several. */
export type Lookup = (key: string) => string | undefined;

/** Whether a text of the request is what the policy's text says. */
export type TextMatcher = (text: string, lookup: Lookup) => boolean;

export interface TemplateSyntax {
  /** `${aws:username}`, `${key, 'default'}`, `${*}`. */
  readonly variables: boolean;
  /** `*` any characters, `?` any one. */
  readonly wildcards: boolean;
  readonly ignoreCase?: boolean;
}

/**
 * Compiles a policy's text with its wildcards and variables. What a variable stands for is compared literally, and a
 * variable without a value matches nothing.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function template(source: string, syntax: TemplateSyntax): TextMatcher {
  const fold = syntax.ignoreCase ? (text: string) => text.toLowerCase() : (text: string) => text;
  const parts = partsOf(source, syntax);
  if (parts.every((part) => typeof part === "string")) {
    const written = parts.join("");
    const literal = fold(written);
    return (text) => text === written || fold(text) === literal;
  }
  if (parts.length === 1 && parts[0] === MANY) return () => true;
  if (!parts.some((part) => typeof part === "object")) {
    if (!parts.includes(ONE)) return wildcardMatcher(textsBetween(parts).map(fold), fold);
    const tokens = tokensOf(parts, fold, () => undefined);
    return (text) => tokens !== undefined && globMatches(tokens, fold(text));
  }
  return (text, lookup) => {
    const tokens = tokensOf(parts, fold, lookup);
    return tokens !== undefined && globMatches(tokens, fold(text));
  };
}

const MANY = -1;
const ONE = -2;

interface Variable {
  readonly key: string;
  readonly otherwise: string | undefined;
}
type Part = string | typeof MANY | typeof ONE | Variable;

const VARIABLE = /^\$\{\s*([^},\s]+)\s*(?:,\s*'([^']*)')?\s*\}/;

function partsOf(source: string, { variables, wildcards }: TemplateSyntax): readonly Part[] {
  const parts: Part[] = [];
  for (let at = 0; at < source.length; at += 1) {
    const character = source.charAt(at);
    const variable = variables && character === "$" ? VARIABLE.exec(source.slice(at)) : null;
    if (variable) {
      const key = variable[1] ?? "";
      parts.push("*?$".includes(key) ? key : { key, otherwise: variable[2] });
      at += variable[0].length - 1;
    } else if (wildcards && character === "*") {
      parts.push(MANY);
    } else if (wildcards && character === "?") {
      parts.push(ONE);
    } else {
      parts.push(character);
    }
  }
  return parts;
}

/** The texts before, between and after the wildcards, of which there is one at least. */
function textsBetween(parts: readonly Part[]): string[] {
  const texts = [""];
  for (const part of parts) {
    if (part === MANY) texts.push("");
    else texts.push(`${texts.pop()}${part}`);
  }
  return texts;
}

/** Finds the texts between the wildcards one after the other, the first and last at the ends: native searches, no steps. */
function wildcardMatcher(texts: readonly string[], fold: (text: string) => string): TextMatcher {
  const [first = "", ...rest] = texts;
  const last = rest.pop() ?? "";
  const least = first.length + last.length;
  return (given) => {
    const text = fold(given);
    if (text.length < least || !text.startsWith(first) || !text.endsWith(last)) return false;
    const end = text.length - last.length;
    let at = first.length;
    for (const middle of rest) {
      const found = text.indexOf(middle, at);
      if (found < 0 || found + middle.length > end) return false;
      at = found + middle.length;
    }
    return true;
  };
}

/** Code units and wildcards; undefined where a variable has no value. */
function tokensOf(
  parts: readonly Part[],
  fold: (text: string) => string,
  lookup: Lookup,
): number[] | undefined {
  const tokens: number[] = [];
  for (const part of parts) {
    if (typeof part === "number") {
      tokens.push(part);
      continue;
    }
    const text = typeof part === "string" ? part : (lookup(part.key) ?? part.otherwise);
    if (text === undefined) return undefined;
    for (const unit of unitsOf(fold(text))) tokens.push(unit);
  }
  return tokens;
}

function unitsOf(text: string): number[] {
  return Array.from({ length: text.length }, (_, at) => text.charCodeAt(at));
}

/** Goes back only to the last `*`, so that no pattern takes more than pattern times text steps. */
function globMatches(tokens: readonly number[], text: string): boolean {
  let token = 0;
  let at = 0;
  let star = -1;
  let starAt = 0;
  while (at < text.length) {
    const wanted = tokens[token];
    if (wanted === MANY) {
      star = token;
      starAt = at;
      token += 1;
    } else if (wanted === ONE || wanted === text.charCodeAt(at)) {
      token += 1;
      at += 1;
    } else if (star >= 0) {
      starAt += 1;
      at = starAt;
      token = star + 1;
    } else {
      return false;
    }
  }
  while (tokens[token] === MANY) token += 1;
  return token === tokens.length;
}
