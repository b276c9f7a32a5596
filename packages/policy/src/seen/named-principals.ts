import type { PolicyDocument } from "../document.ts";
import { listOf } from "../one-or-many.ts";

/** ARNs of the principals that policies name. */
export function namedPrincipals(policies: readonly PolicyDocument[]): string[] {
  const named = policies
    .flatMap(({ Statement }) => listOf(Statement))
    .flatMap(({ Principal, NotPrincipal }) => [Principal, NotPrincipal])
    .flatMap((principal) =>
      typeof principal === "object" && principal.AWS !== undefined ? listOf(principal.AWS) : [],
    )
    .filter((name) => name !== "*");
  return [...new Set(named)];
}
