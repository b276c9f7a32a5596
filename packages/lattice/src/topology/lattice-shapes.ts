import type { RuleAction, RuleMatch } from "@aws-sdk/client-vpc-lattice";
import type { LatticeAction, LatticeMatch } from "@espalier/topology";

/** An action as Lattice answers it. Target groups come by id, though an ARN may have been sent. */
export function readAction(action: RuleAction | undefined): LatticeAction {
  if (action?.forward)
    return {
      forward: {
        targetGroups: (action.forward.targetGroups ?? []).map(
          ({ targetGroupIdentifier = "", weight = 100 }) => ({
            targetGroupIdentifier: targetGroupIdentifier.replace(/^.*\//, ""),
            weight,
          }),
        ),
      },
    };
  if (action?.fixedResponse) return { fixedResponse: { statusCode: action.fixedResponse.statusCode ?? 404 } };
  throw new UnknownShape("an action neither forwards nor answers");
}

/** The conditions of a rule as Lattice answers them. */
export function readMatch(match: RuleMatch | undefined): LatticeMatch {
  if (!match?.httpMatch) throw new UnknownShape("a rule has no HTTP conditions");
  const { method, pathMatch, headerMatches = [] } = match.httpMatch;
  return {
    httpMatch: {
      method,
      ...(pathMatch && {
        pathMatch: { match: comparison(pathMatch.match), caseSensitive: pathMatch.caseSensitive },
      }),
      headerMatches: headerMatches.map(({ name = "", match: value, caseSensitive }) => ({
        name,
        match: comparison(value),
        caseSensitive,
      })),
    },
  };
}

type Given =
  | { exact?: string | undefined; prefix?: string | undefined; contains?: string | undefined }
  | undefined;

function comparison({ exact, prefix, contains }: NonNullable<Given> = {}) {
  return {
    ...(exact !== undefined && { exact }),
    ...(prefix !== undefined && { prefix }),
    ...(contains !== undefined && { contains }),
  };
}

/** Lattice answered something that it did not have when this was written. */
class UnknownShape extends Error {
  override readonly name = "UnknownShape";
}
