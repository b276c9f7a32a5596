/** A piece of an expression. */
export interface Token {
  readonly type: "number" | "text" | "name" | "symbol";
  readonly text: string;
}

const pattern =
  /\s*(?:(?<number>\d+(?:\.\d+)?|\.\d+)|"(?<text>[^"]*)"|'(?<quoted>[^']*)'|(?<name>[A-Za-z_]\w*)|(?<symbol>==|!=|<=|>=|&&|\|\||[-+*/^<>()[\],]))/y;

/** The pieces of an expression; undefined where a character belongs to none. */
export function tokens(expression: string): readonly Token[] | undefined {
  const found: Token[] = [];
  const end = expression.trimEnd().length;
  pattern.lastIndex = 0;
  while (pattern.lastIndex < end) {
    const groups = pattern.exec(expression)?.groups;
    if (groups === undefined) return undefined;
    const { number, text = groups.quoted, name, symbol = "" } = groups;
    if (number !== undefined) found.push({ type: "number", text: number });
    else if (text !== undefined) found.push({ type: "text", text });
    else if (name !== undefined) found.push({ type: "name", text: name });
    else found.push({ type: "symbol", text: symbol });
  }
  return found;
}
