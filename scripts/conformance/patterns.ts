import { readFileSync } from "node:fs";
import { AwsError } from "../../packages/local-aws/src/aws-error.ts";
import { parseEventPattern } from "../../packages/local-aws/src/events/pattern/event-pattern.ts";

/** A pattern, an event, and whether EventBridge found that they match or refused the pattern. */
interface RecordedPattern {
  readonly id: string;
  readonly pattern: Record<string, unknown>;
  readonly event: Record<string, unknown>;
  readonly expected: boolean | "invalid";
}

/** Compares our event patterns with what EventBridge answered, recorded as a JSON list in `file`. */
export function scorePatterns(file: string): { passed: number; total: number; failures: string[] } {
  const cases: readonly RecordedPattern[] = JSON.parse(readFileSync(file, "utf8"));
  const failures = cases.flatMap((recorded) => {
    const actual = answer(recorded);
    return actual === recorded.expected ? [] : [`${recorded.id}: ${actual}, AWS says ${recorded.expected}`];
  });
  return { passed: cases.length - failures.length, total: cases.length, failures };
}

function answer({ pattern, event }: RecordedPattern): boolean | string {
  try {
    return parseEventPattern(JSON.stringify(pattern)).matches(event);
  } catch (error) {
    if (error instanceof AwsError && error.code === "InvalidEventPatternException") return "invalid";
    throw error;
  }
}
