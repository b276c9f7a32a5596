import { valueOptions } from "../topology/document-options.ts";

/** Where policies are read from: Lattice and IAM, or a document that is not applied yet. */
export const premisesOptions = {
  document: {
    type: "string",
    description: "Judge by a topology document instead of what is live in Lattice",
    valueHint: "FILE",
  },
  ...valueOptions,
  identity: {
    type: "boolean",
    default: true,
    description:
      "Read the callers' own policies from IAM; with --no-identity they are taken to allow everything",
  },
} as const;
