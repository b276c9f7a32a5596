/** A text as a policy of version 2012-10-17 has it that means this text alone: `*`, `?` and `$` are written as variables. */
export function literal(text: string): string {
  return text.replace(/[*?]|\$(?=\{)/g, (character) => `\${${character}}`);
}
