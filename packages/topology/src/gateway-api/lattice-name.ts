/** What Lattice asks of a kind of name. */
export interface NameRule {
  readonly min: number;
  readonly max: number;
  /** What its ids begin with, which a name may not. */
  readonly idPrefix: string;
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateService.html and its neighbours. */
export const nameRules = {
  network: { min: 3, max: 63, idPrefix: "sn-" },
  service: { min: 3, max: 40, idPrefix: "svc-" },
  group: { min: 3, max: 128, idPrefix: "tg-" },
  listener: { min: 3, max: 63, idPrefix: "listener-" },
  rule: { min: 3, max: 63, idPrefix: "rule-" },
} as const satisfies Record<string, NameRule>;

/** The nearest name that Lattice takes; the name itself where it does. A name of Kubernetes may have dots and 253 characters. */
export function latticeName(name: string, { min, max, idPrefix }: NameRule): string {
  const plain = hyphened(name);
  const padded = plain.length < min || plain.startsWith(idPrefix) ? hyphened(`k8s-${plain}`) : plain;
  return hyphened(padded.slice(0, max));
}

const hyphened = (text: string) =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** The first of the candidates that nobody has, or the last one with a number behind it. */
export function freeName(
  taken: ReadonlySet<string>,
  candidates: readonly [string, ...string[]],
  rule: NameRule,
): string {
  const free = candidates.find((candidate) => !taken.has(candidate));
  if (free !== undefined) return free;
  const [last = candidates[0]] = candidates.slice(-1);
  for (let n = 2; ; n += 1) {
    const ending = `-${n}`;
    const numbered = `${hyphened(last.slice(0, rule.max - ending.length))}${ending}`;
    if (!taken.has(numbered)) return numbered;
  }
}

/** A name cut as the AWS Gateway API Controller cuts it: to a length, without hyphens at its ends. */
export const cut = (name: string, length: number): string => name.slice(0, length).replace(/^-+|-+$/g, "");
