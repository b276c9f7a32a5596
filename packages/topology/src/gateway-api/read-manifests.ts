import { isMap, isSeq, LineCounter, type Node, type ParsedNode, parseAllDocuments } from "yaml";
import { TopologyRefused } from "../problem.ts";
import { Manifest } from "./manifest.ts";

/**
 * The Kubernetes objects of a file: YAML of one or more documents, or JSON; lists (`kind: List`) are taken apart. Those that
 * name no namespace are in the one given, as with kubectl. Throws TopologyRefused, which names the file and the line, where
 * it holds anything else.
 */
export function readManifests(text: string, source: string, namespace = "default"): Manifest[] {
  const lines = new LineCounter();
  const documents = parseAllDocuments(text, { lineCounter: lines });
  const broken = documents.flatMap(({ errors }) => errors);
  if (broken.length > 0)
    throw new TopologyRefused(
      source,
      broken.map(({ message }) => ({ place: "", message: message.split("\n")[0]?.replace(/:$/, "") ?? "" })),
      { cause: broken[0] },
    );
  return [...documents].flatMap((document) => {
    const { contents } = document;
    if (contents === null) return [];
    return partsOf(contents as ParsedNode).flatMap((node) => {
      const line = lines.linePos(node.range?.[0] ?? 0).line;
      return readManifest(() => node.toJS(document), { source, line, namespace });
    });
  });
}

/** The items of a list, or the document itself. */
function partsOf(contents: Node): Node[] {
  if (!isMap(contents)) return [contents];
  const items = contents.get("items", true);
  const isList = /List$/.test(String(contents.get("kind")));
  return isList && isSeq(items) ? (items.items as Node[]) : [contents];
}

function readManifest(
  value: () => unknown,
  { source, line, namespace }: { readonly source: string; readonly line: number; readonly namespace: string },
): Manifest[] {
  const refuse = (message: string, cause: unknown) =>
    new TopologyRefused(source, [{ place: "", message: `${message} at line ${line}` }], { cause });
  let written: unknown;
  try {
    written = withoutNulls(value());
  } catch (cause) {
    throw refuse((cause as Error).message, cause);
  }
  if (written === null) return [];
  const parsed = Manifest.safeParse(written);
  if (parsed.success) {
    const metadata = { ...parsed.data.metadata, namespace: parsed.data.metadata.namespace ?? namespace };
    return [{ ...parsed.data, metadata, place: `${source}:${line}` }];
  }
  const [issue] = parsed.error.issues;
  throw refuse(
    `no Kubernetes manifest: ${[issue?.path.join("."), issue?.message].filter(Boolean).join(": ")}`,
    parsed.error,
  );
}

/** Kubernetes takes a null for a field that is not there. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (inner === null ? [] : [[key, withoutNulls(inner)]])),
  );
}
