import { readDocument } from "../document/read-document.ts";
import { type Problem, TopologyRefused } from "../problem.ts";
import type { Origins, WrittenDocument } from "./draft.ts";

type Keys = readonly string[];

/**
 * Takes out of a document what it cannot have (names, limits, clashes: whatever its reader refuses), and tells each piece
 * with the reader's own words. What is left can be read. Throws TopologyRefused where a problem belongs to no piece.
 */
export function settle(document: WrittenDocument, origins: Origins, vpcPlaceholder: string): void {
  for (;;) {
    const problems = problemsOf(document, vpcPlaceholder);
    if (problems.length === 0) return;
    const pieces = new Map<string, { readonly keys: Keys; readonly problem: Problem }>();
    for (const problem of problems) {
      const keys = pieceOf(document, origins, problem);
      if (keys === undefined) throw new TopologyRefused("import", [problem]);
      pieces.set(keys.join(" "), { keys, problem });
    }
    // From the end, so that what is taken out of a list leaves the places before it true.
    const backwards = [...pieces].sort(([a], [b]) => b.localeCompare(a, "en", { numeric: true }));
    for (const [, { keys, problem }] of backwards) takeOut(document, origins, keys, problem);
  }
}

function problemsOf(document: WrittenDocument, vpcPlaceholder: string): readonly Problem[] {
  const toBeFilled = `"vpc":${JSON.stringify(vpcPlaceholder)}`;
  const filled = JSON.parse(JSON.stringify(document).replaceAll(toBeFilled, '"vpc":"vpc-00000000"'));
  try {
    readDocument(filled);
    return [];
  } catch (error) {
    if (error instanceof TopologyRefused) return error.problems;
    throw error;
  }
}

/** The keys of the smallest piece that a problem's place lies in. */
function pieceOf(document: WrittenDocument, origins: Origins, { place }: Problem): Keys | undefined {
  const keys = keysOf(place);
  const inside = keys.map((_, index) => keys.slice(0, index + 1));
  return inside.findLast((part) => {
    const piece = at(document, part);
    return typeof piece === "object" && piece !== null && origins.has(piece);
  });
}

function takeOut(document: WrittenDocument, origins: Origins, keys: Keys, { place, message }: Problem): void {
  const piece = at(document, keys);
  const parent = at(document, keys.slice(0, -1));
  const key = keys.at(-1) ?? "";
  const origin = origins.get(piece as object);
  const inside = keysOf(place).slice(keys.length).join(".");
  origin?.tell.skipped(origin.field, inside === "" ? message : `${inside} ${message}`, origin.without);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete (parent as Record<string, unknown>)[key];
}

const keysOf = (place: string): Keys => place.split(/[.[\]:]+/).filter(Boolean);

const at = (document: unknown, keys: Keys): unknown =>
  keys.reduce<unknown>(
    (node, key) =>
      typeof node === "object" && node !== null && Object.hasOwn(node, key)
        ? (node as Record<string, unknown>)[key]
        : undefined,
    document,
  );
