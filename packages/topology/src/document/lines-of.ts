import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";

/** A place on a line of a text. */
interface Found {
  readonly node: Node | null;
  readonly offset: number;
}

/**
 * On which line of its text a place of a document is written, by the keys that lead there or by its address; that of the nearest
 * thing around it where it is not written itself. Undefined where nothing of it is.
 */
export function linesOf(text: string): (place: string) => number | undefined {
  const lines = new LineCounter();
  const { contents, errors } = parseDocument(text, { lineCounter: lines, merge: true });
  if (errors.length > 0 || contents === null) return () => undefined;
  return (place) => {
    let found: Found | undefined;
    for (const key of place.match(/[^.[\]]+/g) ?? []) {
      const next = inside(found === undefined ? contents : found.node, key);
      if (next === undefined) break;
      found = next;
    }
    return found && lines.linePos(found.offset).line;
  };
}

/** What a key leads to; in a list a number, the text itself, or the name of the thing. */
function inside(node: Node | null, key: string): Found | undefined {
  if (isMap(node)) {
    const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === key);
    if (!pair || !isScalar(pair.key)) return undefined;
    return { node: isNode(pair.value) ? pair.value : null, offset: pair.key.range?.[0] ?? 0 };
  }
  if (!isSeq(node)) return undefined;
  const item = node.items.find((one, index) => String(index) === key || isCalled(one, key));
  return isNode(item) ? { node: item, offset: item.range?.[0] ?? 0 } : undefined;
}

/** Rules have names, associations their VPC's. */
const isCalled = (item: unknown, key: string): boolean =>
  isScalar(item) ? item.value === key : isMap(item) && [item.get("name"), item.get("vpc")].includes(key);
