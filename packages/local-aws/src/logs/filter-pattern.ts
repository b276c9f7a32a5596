import { AwsError } from "../aws-error.ts";

/**
 * Terms of a filter pattern: all of `error "out of memory"` must occur in a line, none of `-debug` may, case counts. Or
 * members of a line that is a JSON object, compared with texts: `{ $.method = "GET" && $.user = "-" }`. Other patterns for JSON,
 * and those for columns, are refused.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function filterPattern(pattern: string): (message: string) => boolean {
  const members = membersOf(pattern);
  if (members !== undefined) return hasMembers(members);
  if (/^\s*[{[%?]/.test(pattern)) {
    const message = `the filter pattern ${pattern} is not offered by this local AWS; give terms, or { $.member = "text" }`;
    throw new AwsError("InvalidParameterException", message);
  }
  const terms = [...pattern.matchAll(/(-?)(?:"([^"]*)"|(\S+))/g)].map(([, minus, quoted, word]) => ({
    wanted: minus !== "-",
    text: quoted ?? word ?? "",
  }));
  return (message) => terms.every(({ wanted, text }) => message.includes(text) === wanted);
}

const member = /^\s*\$\.(\w+)\s*=\s*"([^"*]*)"\s*$/;

/** Names and values; undefined for another kind of pattern. */
function membersOf(pattern: string): (readonly [string, string])[] | undefined {
  const [, inside] = /^\s*\{(.*)\}\s*$/s.exec(pattern) ?? [];
  const parts = inside?.split("&&").map((part) => member.exec(part));
  return parts?.every((part) => part !== null)
    ? parts.map(([, name = "", value = ""]) => [name, value] as const)
    : undefined;
}

function hasMembers(members: readonly (readonly [string, string])[]): (message: string) => boolean {
  return (message) => {
    const line = objectIn(message);
    return members.every(([name, value]) => line?.[name] === value);
  };
}

function objectIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
