/** What a policy may refer to before it exists, or without knowing the account: `${service:inventory.arn}`. */
export interface Reference {
  readonly kind: "service" | "network" | "role";
  readonly name: string;
}

const pattern = /\$\{(service|network|role):([^}]+?)\.arn\}/g;

/** The references in a text, such as a policy written as JSON. IAM's own variables (`${aws:username}`) are none. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(pattern)].map(([, kind, name = ""]) => ({
    kind: kind as Reference["kind"],
    name,
  }));
}

/** The text with each reference replaced by the ARN it stands for. */
export const resolveReferences = (text: string, arnOf: (reference: Reference) => string): string =>
  text.replace(pattern, (_, kind: Reference["kind"], name: string) => arnOf({ kind, name }));

/** A role of the account and partition that something with this ARN is in. */
export function roleBeside(arn: string, name: string): string {
  const [, partition = "aws", , , account = ""] = arn.split(":");
  return `arn:${partition}:iam::${account}:role/${name}`;
}
