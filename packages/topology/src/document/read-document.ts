import { TopologyRefused } from "../problem.ts";
import { checkDocument } from "./check-document.ts";
import { describeIssue } from "./describe-issue.ts";
import { TopologyDocument } from "./document.ts";

/**
 * A topology document from what was parsed of YAML or JSON, checked whole. Throws TopologyRefused, with every problem
 * that was found; `source` is what its message calls the document.
 */
export function readDocument(value: unknown, source = "document"): TopologyDocument {
  const parsed = TopologyDocument.safeParse(value, { reportInput: true });
  if (!parsed.success)
    throw new TopologyRefused(
      source,
      parsed.error.issues.flatMap((issue) => describeIssue(issue)),
      { cause: parsed.error },
    );
  const problems = checkDocument(parsed.data);
  if (problems.length > 0) throw new TopologyRefused(source, problems);
  return parsed.data;
}
