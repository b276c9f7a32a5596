import type { PolicyDocument } from "../document.ts";
import type { Premises } from "./premises.ts";

/** All auth policies that are attached and seen. */
export const policyDocuments = ({ networks, services }: Premises): PolicyDocument[] =>
  [...networks, ...services].flatMap(({ guard }) =>
    guard.type === "policy" && guard.document ? [guard.document] : [],
  );
