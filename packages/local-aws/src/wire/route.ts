import type { OperationSchema } from "./schemas.ts";

/** An operation found by method and path, with its labels decoded. */
export interface RouteMatch {
  readonly operation: OperationSchema;
  readonly labels: Readonly<Record<string, string>>;
}

type Segment = { readonly literal: string } | { readonly label: string; readonly greedy: boolean };

/**
 * Finds operations by the path templates of their http trait (`/services/{serviceIdentifier}`). Segments are compared as
 * they were sent, so that an ARN with a percent-encoded slash is one label; templates with more literals win.
 */
export function router(operations: Iterable<OperationSchema>) {
  const routes = [...operations].flatMap((operation) => {
    const [method, template] = operation.http ?? [];
    if (method === undefined || template === undefined) return [];
    const [path = "", query] = template.split("?");
    return [{ operation, method, segments: segmentsOf(path), query: new URLSearchParams(query) }];
  });
  routes.sort((a, b) => literals(b) - literals(a));

  return (method: string, path: string, query: URLSearchParams): RouteMatch | undefined => {
    const sent = path.split("/").filter((segment) => segment !== "");
    for (const route of routes) {
      if (route.method !== method) continue;
      if (![...route.query].every(([name, value]) => query.get(name) === value)) continue;
      const labels = matchSegments(route.segments, sent);
      if (labels !== undefined) return { operation: route.operation, labels };
    }
    return undefined;
  };
}

function segmentsOf(path: string): Segment[] {
  return path
    .split("/")
    .filter((segment) => segment !== "")
    .map((segment) => {
      const label = /^\{([^}+]+)(\+?)\}$/.exec(segment);
      return label?.[1] === undefined ? { literal: segment } : { label: label[1], greedy: label[2] === "+" };
    });
}

function literals({ segments, query }: { segments: readonly Segment[]; query: URLSearchParams }): number {
  return segments.filter((segment) => "literal" in segment).length + query.size;
}

function matchSegments(segments: readonly Segment[], sent: readonly string[]) {
  const labels: Record<string, string> = {};
  for (const [index, segment] of segments.entries()) {
    const value = sent[index];
    if (value === undefined) return undefined;
    if ("literal" in segment) {
      if (segment.literal !== value) return undefined;
    } else if (segment.greedy) {
      labels[segment.label] = sent.slice(index).map(decoded).join("/");
      return labels;
    } else {
      labels[segment.label] = decoded(value);
    }
  }
  return sent.length === segments.length ? labels : undefined;
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
