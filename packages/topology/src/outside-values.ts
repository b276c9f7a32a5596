import { parseText } from "./fill-text.ts";
import { fillValues, type Values, valuesIn } from "./fill-values.ts";

/** Where values come from that nobody gives: asked only for what a document names. */
export interface ValueSources {
  /** SSM parameters by name, lists as lists; those that cannot be read are left out. */
  readonly readParameters: (names: readonly string[]) => Promise<Values>;
  /** The account and region of whoever reads the document. */
  readonly whereabouts: () => Promise<{ readonly account: string; readonly region: string }>;
}

/**
 * As fillText, with `${ssm:/a/parameter}`, `${account}` and `${region}` known. What is given goes before; the account of
 * a document with a role is the role's. Throws TopologyRefused.
 */
export async function fillTextFrom(
  text: string,
  given: Values,
  sources: ValueSources,
  source: string,
): Promise<unknown> {
  return fillFrom(parseText(text, source), given, sources, source);
}

/** The same of what is parsed already. */
export async function fillFrom(
  written: unknown,
  given: Values,
  sources: ValueSources,
  source: string,
): Promise<unknown> {
  return fillValues(written, await allValues(written, given, sources), source);
}

/** As fillText, where whoever is asked fills in the values that nobody gives: they stay as they are written. */
export function fillGiven(text: string, given: Values, source: string): unknown {
  const written = parseText(text, source);
  const left = [...valuesIn(written)].filter((name) => isOutside(name) && !Object.hasOwn(given, name));
  return fillValues(
    written,
    { ...given, ...Object.fromEntries(left.map((name) => [name, `$\{${name}}`])) },
    source,
  );
}

const isOutside = (name: string): boolean =>
  name.startsWith(prefix) || name === "account" || name === "region";

async function allValues(written: unknown, given: Values, sources: ValueSources): Promise<Values> {
  const named = valuesIn(written);
  const parameters = [...named]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length));
  const isMissing = (name: string) => named.has(name) && !Object.hasOwn(given, name);
  const known = isMissing("account") || isMissing("region") ? await sources.whereabouts() : {};
  const read = parameters.length > 0 ? await sources.readParameters(parameters) : {};
  return {
    ...known,
    ...accountOf(written),
    ...given,
    ...Object.fromEntries(Object.entries(read).map(([name, value]) => [`${prefix}${name}`, value])),
  };
}

const prefix = "ssm:";

function accountOf(written: unknown): { readonly account?: string } {
  const role =
    typeof written === "object" && written !== null && "role" in written ? written.role : undefined;
  const account = typeof role === "string" ? /^arn:[^:]+:iam::(\d{12}):role\//.exec(role)?.[1] : undefined;
  return account === undefined ? {} : { account };
}
