/** What a policy may refer to before it exists. */
export interface Reference {
  readonly kind: "service" | "network";
  readonly name: string;
}

const pattern = /\$\{(service|network):([^.}]+)\.arn\}/g;

/** The references in a text, such as a policy written as JSON. IAM's own variables (`${aws:username}`) are none. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(pattern)].map((match) => ({
    kind: match[1] === "network" ? "network" : "service",
    name: match[2] ?? "",
  }));
}

/** The text with each reference replaced by the ARN it stands for. */
export const resolveReferences = (text: string, arnOf: (reference: Reference) => string): string =>
  text.replace(pattern, (_, kind: Reference["kind"], name: string) => arnOf({ kind, name }));
