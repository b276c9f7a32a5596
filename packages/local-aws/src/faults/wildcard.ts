/** Whether a text is what the wildcard says, in which `*` stands for any characters. */
export function fitsWildcard(wildcard: string, text: string): boolean {
  const [head = "", ...others] = wildcard.split("*");
  const tail = others.pop();
  if (tail === undefined) return text === head;
  if (!text.startsWith(head)) return false;
  let at = head.length;
  for (const literal of others) {
    const found = text.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return text.length - tail.length >= at && text.endsWith(tail);
}
