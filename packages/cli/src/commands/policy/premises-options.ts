/** Where policies are read from: Lattice and IAM, or a document that is not applied yet. */
export const premisesOptions = {
  document: {
    type: "string",
    description: "Judge by a topology document instead of what is live in Lattice",
    valueHint: "FILE",
  },
  values: {
    type: "string",
    description: "A JSON or YAML file with values for the names in the document's braces",
    valueHint: "FILE",
  },
  set: { type: "string", description: "One such value; may be given several times", valueHint: "NAME=VALUE" },
  identity: {
    type: "boolean",
    default: true,
    description:
      "Read the callers' own policies from IAM; with --no-identity they are taken to allow everything",
  },
} as const;
