import {
  type AccessAnswer,
  explanationText,
  type GrantElsewhere,
  type Layer,
  type WayJudged,
} from "@espalier/policy";

/** What was asked, as it is said back. */
export interface Asked {
  readonly caller: string;
  readonly method: string;
  readonly url: string;
}

/** An answer for people: the verdict, then for each way what each layer says, and what least would allow the call. */
export function checkText({ caller, method, url }: Asked, answer: AccessAnswer): string {
  const asked = `${caller}, ${method} ${url}`;
  if (answer.verdict === "unreachable") return `nothing to call: ${asked}\n${answer.why}`;
  const verdict = answer.verdict === "partly" ? "allowed from some VPCs and not from others" : answer.verdict;
  return [`${verdict}: ${asked}`, ...answer.ways.flatMap(wayLines)].join("\n");
}

/** What was meant to allow such calls, and does nothing where it is. */
export const elsewhereText = ({ policy, statement, sid }: GrantElsewhere): string =>
  `${place(statement, sid)} of ${policy} means such calls, and grants nothing there: a policy decides about calls of its own service`;

const place = (statement: number, sid: string | undefined) =>
  `Statement[${statement}]${sid === undefined ? "" : ` (${sid})`}`;

/** Where the calls come in that are judged alike. */
const wayText = ({ network, vpcs }: Pick<WayJudged, "network" | "vpcs">): string =>
  `through network ${network}, ${vpcs.length === 0 ? "of which no VPC is seen" : `from ${vpcs.join(", ")}`}`;

function wayLines(way: WayJudged): string[] {
  return [
    `${wayText(way)}: ${way.allowed ? "allowed" : "denied"}`,
    ...way.layers.flatMap(layerLines),
    ...missing(way),
  ];
}

const names = { identity: "caller ", network: "network", service: "service" } as const;

function layerLines({ layer, called, says }: Layer): string[] {
  const label = `  ${names[layer]}  `;
  if (says.type === "passed")
    return [`${label}${says.assumed ? "not known, taken to allow: " : "not asked: "}${says.why}`];
  if (says.statements.length === 0)
    return [
      `${label}denied, because ${called} ${layer === "identity" ? "say" : "says"} nothing: there is none`,
    ];
  const [first = "", ...rest] = explanationText(says).split("\n");
  return [`${label}${first}`, ...rest.map((line) => `${" ".repeat(label.length)}${line}`)];
}

function missing({ missing }: WayJudged): string[] {
  if (missing === undefined) return [];
  const inTheWay = missing.denies.map(
    ({ policy, statement, sid }) => `  first of all, ${place(statement, sid)} of ${policy} must not deny it`,
  );
  const grants = missing.grants.flatMap(({ policy, statement }) => [
    `  the least that allows it, as a statement in ${policy}:`,
    `    ${JSON.stringify(statement)}`,
  ]);
  return [...inTheWay, ...grants];
}
