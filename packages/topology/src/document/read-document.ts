import { type Problem, TopologyRefused } from "../problem.ts";
import { checkDocument } from "./check-document.ts";
import { describeIssue } from "./describe-issue.ts";
import { TopologyDocument } from "./document.ts";
import { whatCanBeRead } from "./what-can-be-read.ts";

/**
 * A topology document from what was parsed of YAML or JSON, checked whole. Throws TopologyRefused, with every problem
 * that was found; `source` is what its message calls the document.
 */
export function readDocument(value: unknown, source = "document"): TopologyDocument {
  const parsed = TopologyDocument.safeParse(value, { reportInput: true });
  if (!parsed.success) {
    const { document, issues } = whatCanBeRead(value);
    const told = [...parsed.error.issues, ...issues].flatMap((issue) => describeIssue(issue));
    throw new TopologyRefused(source, unlike([...told, ...checkDocument(document)]), { cause: parsed.error });
  }
  const problems = checkDocument(parsed.data);
  if (problems.length > 0) throw new TopologyRefused(source, problems);
  return parsed.data;
}

/** Each problem once. */
const unlike = (problems: readonly Problem[]): Problem[] => [
  ...new Map(problems.map((problem) => [`${problem.place} ${problem.message}`, problem])).values(),
];
