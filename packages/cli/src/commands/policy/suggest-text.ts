import type { LogsRead } from "@espalier/lattice";
import type { Suggestion, Unused } from "@espalier/policy";

/** What was found out about a service. */
export interface Suggested {
  readonly service: string;
  readonly since: string;
  readonly logs: LogsRead;
  readonly suggestion: Suggestion;
  readonly unused: readonly Unused[];
}

/** What Lattice takes as an auth policy, in bytes: https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html */
const policyLimit = 10_240;

/** A suggestion for people: what was read, the policy a statement a line, what each covers, and what nobody used. */
export function suggestText({ service, since, logs, suggestion, unused }: Suggested): string {
  const denied = sum(logs.seen.filter(({ allowed }) => !allowed));
  const allowed = sum(logs.seen.filter((each) => each.allowed));
  const read = [
    `${service}, last ${since}: ${requests(allowed)} let in, ${denied} denied, in ${logs.lines} lines of access logs`,
    ...(logs.skipped > 0
      ? [`not counted: ${logs.skipped} lines that name no caller or are no requests`]
      : []),
    ...logs.unread.map(({ destination, why }) => `not read: ${destination}: ${why}`),
  ];
  if (suggestion.policy === undefined)
    return [...read, "no policy is suggested: nothing was let in", ...unusedLines(unused)].join("\n");
  const bytes = Buffer.byteLength(JSON.stringify(suggestion.policy));
  const statements = [suggestion.policy.Statement].flat();
  return [
    ...read,
    "the least auth policy that allows what was let in:",
    JSON.stringify(suggestion.policy, null, 2),
    ...suggestion.covers.map(
      ({ caller, requests: count }, index) => `Statement[${index}] covers ${requests(count)} of ${caller}`,
    ),
    ...(statements.some(({ Resource }) => [Resource ?? []].flat().some((resource) => resource.includes("*")))
      ? ["a * in a Resource goes over slashes too: what lies deeper is allowed with it"]
      : []),
    ...(bytes > policyLimit
      ? [`it has ${bytes} bytes, and Lattice takes ${policyLimit}: put wildcards where they do no harm`]
      : []),
    ...unusedLines(unused),
  ].join("\n");
}

const sum = (seen: LogsRead["seen"]) => seen.reduce((total, { count }) => total + count, 0);

const requests = (count: number) => (count === 1 ? "1 request" : `${count} requests`);

function unusedLines(unused: readonly Unused[]): string[] {
  if (unused.length === 0) return [];
  return [
    "allowed now, and used by nobody:",
    ...unused.map(({ policy, statement, sid, what }) => {
      const place = `Statement[${statement}]${sid === undefined ? "" : ` (${sid})`} of ${policy}`;
      return what.type === "statement" ? `  ${place}` : `  ${what.element} ${what.value} in ${place}`;
    }),
  ];
}
