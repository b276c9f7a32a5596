/** One thing wrong with a document: where it is written, what stands there and what would do. */
export interface Problem {
  /** `services.inventory.listeners.http.rules[0].priority`; empty for the document as a whole. */
  readonly place: string;
  /** Of the text, where that is known of no place. */
  readonly line?: number;
  readonly message: string;
}

/** A place in a document, from the keys that lead to it. */
export function placeOf(keys: readonly PropertyKey[]): string {
  return keys.reduce<string>(
    (place, key) =>
      typeof key === "number" ? `${place}[${key}]` : place ? `${place}.${String(key)}` : String(key),
    "",
  );
}

/** `topology.yaml: services.inventory.networks[0] is "shpo"; …`, a line a problem. */
export const sentenceOf = (source: string, { place, message }: Problem): string =>
  `${source}: ${[place, message].filter(Boolean).join(" ")}`;

/** The document cannot be applied; nothing was changed. The message has one line for each problem. */
export class TopologyRefused extends Error {
  override readonly name = "TopologyRefused";
  readonly problems: readonly Problem[];

  constructor(source: string, problems: readonly Problem[], options?: { cause?: unknown }) {
    super(problems.map((problem) => sentenceOf(source, problem)).join("\n"), options);
    this.problems = problems;
  }
}
