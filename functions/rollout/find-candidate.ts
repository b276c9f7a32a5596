import { candidateKind, type Directory, type RolloutRequest, type TargetGroup } from "@espalier/rollout";
import type { Sources } from "./check-request.ts";
import type { GroupOrder } from "./group-order.ts";
import { unknownName } from "./unknown-name.ts";

/** The candidate of a request, or why there is none. */
export type FoundCandidate =
  | {
      readonly type: "candidate";
      readonly group: TargetGroup;
      /** What the group is to be made of, where there is none yet; then `group` stands in for it. */
      readonly order?: Pick<GroupOrder, "type" | "targets">;
    }
  | { readonly type: "problems"; readonly problems: readonly string[] };

/** Looks a candidate up; one that no group holds yet is found as a group to be made, unless that has been `prepared`. */
export async function findCandidate(
  { directory, functions }: Pick<Sources, "directory" | "functions">,
  { candidate }: RolloutRequest,
  prepared: string | undefined,
): Promise<FoundCandidate> {
  if (typeof candidate === "string" && candidateKind(candidate) === "target-group") {
    return groupNamed(directory, candidate);
  }
  if (prepared !== undefined) return groupNamed(directory, prepared);
  if (typeof candidate !== "string") return toBeMade(candidate);
  if (await functions.exists(candidate)) return toBeMade({ type: "LAMBDA", targets: [{ id: candidate }] });
  return problems([
    `candidate is ${JSON.stringify(candidate)}; there is no such version or alias of a function here, publish it first`,
  ]);
}

function toBeMade(order: Pick<GroupOrder, "type" | "targets">): FoundCandidate {
  const name = `a group of ${order.targets.map(({ id }) => id).join(", ")}`;
  const group = { id: "to-be-made", arn: "", name, services: [], targets: order.targets.map(() => "UNUSED") };
  return { type: "candidate", group, order };
}

async function groupNamed(directory: Directory, reference: string): Promise<FoundCandidate> {
  const found = await directory.targetGroup(reference);
  if (found.type === "found") return { type: "candidate", group: found.thing };
  return problems(unknownName("candidate", reference, "target group", found));
}

const problems = (found: readonly string[]) => ({ type: "problems" as const, problems: found });
