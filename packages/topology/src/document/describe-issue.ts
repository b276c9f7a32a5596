import type { z } from "zod";
import { type Problem, placeOf } from "../problem.ts";

type Issue = z.core.$ZodIssue;

/** A schema's complaint as a problem. The schemas' messages say what would do; what stands there is put before it. */
export function describeIssue(issue: Issue, above: readonly PropertyKey[] = []): Problem[] {
  const keys = [...above, ...issue.path];
  const place = placeOf(keys);
  if (issue.code === "invalid_union") {
    const branch = meant(issue.errors);
    if (branch) return branch.flatMap((nested) => describeIssue(nested, keys));
  }
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({ place: placeOf([...keys, key]), message: "is not known here" }));
  if (issue.code === "invalid_key")
    return [{ place, message: `is not a name to use: ${issue.issues[0]?.message ?? issue.message}` }];
  if (issue.code === "custom" && issue.params?.told) return [{ place: `${place}:`, message: issue.message }];
  if (issue.input === undefined) return [{ place, message: `is missing; ${issue.message}` }];
  return [{ place, message: `is ${shown(issue.input)}; ${issue.message}` }];
}

/** The alternative that was most likely meant: the one that goes wrong the furthest inside. */
function meant(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const depth = (issues: readonly Issue[]) => Math.max(...issues.map(insideness));
  const ranked = branches.filter((issues) => depth(issues) > 0).sort((a, b) => depth(b) - depth(a));
  return ranked[0];
}

function insideness(issue: Issue): number {
  const missing = issue.input === undefined && issue.code !== "unrecognized_keys";
  return missing || issue.code === "unrecognized_keys" ? issue.path.length - 0.5 : issue.path.length;
}

/** A value as the reader wrote it, cut where it is long. */
function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 80 ? `${json.slice(0, 77)}…` : json;
}
