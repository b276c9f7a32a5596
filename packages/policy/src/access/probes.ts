import type { PolicyDocument, Statement } from "../document.ts";
import { listOf } from "../one-or-many.ts";
import { restsOfPattern } from "./rest-of-pattern.ts";

/** A kind of call that policies may tell apart from others: what it is called, and an example of it. `*`: any other. */
export interface Probe {
  readonly method: string;
  readonly path: string;
  readonly example: { readonly method: string; readonly path: string };
}

/** Stands for what no policy names. */
const other = "~";

/**
 * The kinds of call of a service that policies may tell apart, those that none of them names among them: each path pattern with
 * each method. What is true of the example of a pattern is taken to be true of the pattern.
 */
export function probesOf(service: { readonly arn: string }, policies: readonly PolicyDocument[]): Probe[] {
  const statements = policies.flatMap(({ Statement }) => listOf(Statement));
  const concerned = statements.flatMap((statement) => {
    const patterns = patternsIn(statement, service.arn);
    return patterns.length > 0 ? [{ patterns, methods: conditionValues(statement, "RequestMethod") }] : [];
  });
  const paths = [...new Set([...concerned.flatMap(({ patterns }) => patterns), "*"])];
  const methods = [...new Set([...concerned.flatMap((each) => each.methods), "*"])];
  return paths.flatMap((path) =>
    methods.map((method) => ({
      method,
      path,
      example: { method: exampleOf(method), path: examplePath(path) },
    })),
  );
}

function patternsIn(statement: Statement, arn: string): string[] {
  const resources = listOf(statement.Resource ?? statement.NotResource ?? "*");
  const patterns = resources.flatMap((resource) => pathPatterns(resource, arn));
  return patterns.length === 0 ? [] : [...patterns, ...conditionValues(statement, "RequestPath")];
}

/** What a resource says of paths. A star among the parts of the ARN could reach into a path, which nobody means. */
const pathPatterns = (resource: string, arn: string): string[] =>
  restsOfPattern(resource, arn).filter((rest) => /^[/*?]/.test(rest) && !rest.includes(":service/"));

function conditionValues({ Condition = {} }: Statement, key: string): string[] {
  return Object.values(Condition).flatMap((keys) =>
    Object.entries(keys)
      .filter(([name]) => name.toLowerCase() === `vpc-lattice-svcs:${key}`.toLowerCase())
      .flatMap(([, values]) => listOf(values).map(String)),
  );
}

const exampleOf = (pattern: string) => pattern.replace(/[*?]+/g, other);

const examplePath = (pattern: string) => exampleOf(pattern).replace(/^(?!\/)/, "/");
