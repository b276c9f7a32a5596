/** A policy's variable may stand for any text. */
const variable = /\$\{[^}]*\}/g;

/**
 * What is left of a pattern with wildcards once a text has gone before: `*` and `/stock` of `arn:a/*` and `arn:a/stock` after
 * `arn:a`. Empty where the pattern matches nothing that begins so. Steps: pattern times text.
 */
export function restsOfPattern(pattern: string, text: string): string[] {
  const plain = pattern.replace(variable, "*").replace(/\*+/g, "*");
  const { length: fixed } = /^[^*?]*/.exec(plain)?.[0] ?? "";
  // Most patterns are about something else, which their beginning shows.
  if (!plain.startsWith(text.slice(0, fixed))) return [];
  if (fixed >= text.length) return [plain.slice(text.length)];
  let places = withSkipped(plain, new Set([fixed]));
  for (const character of text.slice(fixed)) {
    const next = new Set<number>();
    for (const place of places) {
      const wanted = plain[place];
      if (wanted === "*") next.add(place);
      else if (wanted === "?" || wanted === character) next.add(place + 1);
    }
    places = withSkipped(plain, next);
  }
  // What follows a star is part of what the star itself leaves.
  const stars = [...places].filter((place) => plain[place] === "*");
  return [...places]
    .filter((place) => !stars.some((star) => place > star && place <= star + 1))
    .map((place) => plain.slice(place));
}

/** A star may match nothing. */
function withSkipped(pattern: string, places: Set<number>): Set<number> {
  for (const place of places) if (pattern[place] === "*") places.add(place + 1);
  return places;
}

/** Whether a pattern matches anything that begins with the text. */
export const canBeginWith = (pattern: string, text: string): boolean =>
  restsOfPattern(pattern, text).length > 0;
