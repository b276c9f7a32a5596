import { literal } from "../access/literal.ts";

/** A pattern of paths as a policy's Resource has it, and how many requests it covers. */
export interface PathPattern {
  readonly pattern: string;
  readonly count: number;
}

/** So many names beside each other are taken for values, even if they do not look like ids. */
const manyNames = 12;

/** What lies deeper is one name: callers choose their paths, and sixty thousand slashes are one of them. */
const deepest = 64;

interface Node {
  /** Requests that end here. */
  count: number;
  readonly next: Map<string, Node>;
}

/**
 * The fewest patterns for paths that were seen, none of them broader than the paths under one prefix: what varies in one place
 * becomes `*` where it looks like ids, two of them or more, or where there are a dozen names. Everything else stays as it is.
 * Since `*` goes over slashes in a policy, what lies under a pattern is counted with it.
 */
export function generalisePaths(paths: readonly { path: string; count: number }[]): PathPattern[] {
  const root = emptyNode();
  for (const { path, count } of paths) {
    let node = root;
    for (const segment of segmentsOf(path)) node = childOf(node, literal(segment));
    node.count += count;
  }
  const patterns = patternsUnder(generalised(root), "");
  const wide = patterns.filter(({ pattern }) => pattern.endsWith("/*"));
  const isCovered = ({ pattern }: PathPattern) =>
    wide.some((other) => other.pattern !== pattern && covers(other.pattern, pattern));
  const kept = patterns.filter((each) => !isCovered(each)).map((each) => ({ ...each }));
  const widest = kept.filter(({ pattern }) => pattern.endsWith("/*"));
  for (const each of patterns.filter(isCovered)) {
    const coverer = widest.find(({ pattern }) => covers(pattern, each.pattern));
    if (coverer !== undefined) coverer.count += each.count;
  }
  return kept;
}

function segmentsOf(path: string): string[] {
  const segments = path.split("/").slice(1);
  return segments.length <= deepest
    ? segments
    : [...segments.slice(0, deepest - 1), segments.slice(deepest - 1).join("/")];
}

const emptyNode = (): Node => ({ count: 0, next: new Map() });

function childOf(node: Node, segment: string): Node {
  const child = node.next.get(segment) ?? emptyNode();
  node.next.set(segment, child);
  return child;
}

function generalised(node: Node): Node {
  const segments = [...node.next.keys()].filter((segment) => segment !== "");
  const ids = segments.filter(looksLikeId);
  const values = new Set(segments.length >= manyNames ? segments : ids.length >= 2 ? ids : []);
  const result: Node = { count: node.count, next: new Map() };
  for (const [segment, child] of node.next)
    merge(childOf(result, values.has(segment) ? "*" : segment), child);
  for (const [segment, child] of result.next) result.next.set(segment, generalised(child));
  return result;
}

function merge(into: Node, from: Node): void {
  into.count += from.count;
  for (const [segment, child] of from.next) merge(childOf(into, segment), child);
}

/** Numbers, UUIDs, long hexadecimal or mixed words, and a word with a number of three digits or more: `order-1234`. */
const looksLikeId = (segment: string): boolean =>
  /^\d+$|^(?=.*\d)[0-9a-f]{8,}$|^(?=.*\d)[\w-]{16,}$|^[a-z]{1,12}[-_]?\d{3,}$/i.test(segment);

function patternsUnder(node: Node, prefix: string): PathPattern[] {
  const below = [...node.next].flatMap(([segment, child]) => patternsUnder(child, `${prefix}/${segment}`));
  return node.count > 0 ? [{ pattern: prefix, count: node.count }, ...below] : below;
}

/** Whether a pattern whose only wildcards are whole segments takes all that the other one does. */
function covers(pattern: string, other: string): boolean {
  if (!pattern.endsWith("/*")) return false;
  const [wanted, had] = [pattern.split("/").slice(0, -1), other.split("/")];
  return had.length > wanted.length && wanted.every((segment, at) => segment === "*" || segment === had[at]);
}
