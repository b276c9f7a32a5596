import type { WrittenRule } from "./draft.ts";
import type { Tell } from "./not-expressed.ts";
import type { GrpcMatch, HeaderMatch, HttpMatch } from "./route.ts";

type Match = WrittenRule["match"];

const unmatched = "the match is left out; its requests go on to the later rules, or are answered 404";

/** A match of an HTTPRoute as Lattice's conditions; undefined where they cannot say it, which is told. */
export function matchOfHttp(
  { path, headers, queryParams, method }: HttpMatch,
  field: string,
  tell: Tell,
): Match | undefined {
  if (queryParams.length > 0) {
    tell.skipped(`${field}.queryParams`, "Lattice does not look at the query", unmatched);
    return undefined;
  }
  const conditions = headerConditions(headers, field, tell);
  const pathCondition = path && httpPath(path, `${field}.path`, tell);
  if (conditions === undefined || (path !== undefined && pathCondition === undefined)) return undefined;
  const everything = path === undefined && method === undefined && conditions.length === 0;
  return {
    ...(everything && { path: { prefix: "/" } }),
    ...(pathCondition && { path: pathCondition }),
    ...(method !== undefined && { method }),
    ...(conditions.length > 0 && { headers: conditions }),
  };
}

function httpPath({ type, value }: NonNullable<HttpMatch["path"]>, field: string, tell: Tell): Match["path"] {
  if (type === "Exact") return { exact: value, caseSensitive: true };
  if (type !== "PathPrefix") {
    tell.skipped(`${field}.type`, `${type}: Lattice compares paths whole or by prefix`, unmatched);
    return undefined;
  }
  if (value === "/") return { prefix: "/" };
  const bare = value.replace(/\/+$/, "");
  tell.approximated(
    field,
    value.endsWith("/")
      ? `the prefix ${value} takes ${bare} too in Gateway API; Lattice's does not`
      : `Gateway API compares paths element by element; Lattice is not known to: ${value} may take ${value}x too`,
    `the prefix ${value}, as the controller writes it`,
  );
  return { prefix: value, caseSensitive: true };
}

/** A match of a GRPCRoute: a gRPC call is a POST of `/service/method`. */
export function matchOfGrpc({ method, headers }: GrpcMatch, field: string, tell: Tell): Match | undefined {
  const conditions = headerConditions(headers, field, tell);
  const path = grpcPath(method ?? { type: "Exact" }, `${field}.method`, tell);
  if (conditions === undefined || path === undefined) return undefined;
  return { method: "POST", path, ...(conditions.length > 0 && { headers: conditions }) };
}

function grpcPath(
  { type, service, method }: NonNullable<GrpcMatch["method"]>,
  field: string,
  tell: Tell,
): Match["path"] {
  if (type !== "Exact") {
    tell.skipped(`${field}.type`, `${type}: Lattice compares paths whole or by prefix`, unmatched);
    return undefined;
  }
  if (service === undefined && method !== undefined) {
    tell.skipped(
      field,
      "a method of any service would be the end of a path, which Lattice does not look at",
      unmatched,
    );
    return undefined;
  }
  if (service === undefined) return { prefix: "/" };
  return method === undefined
    ? { prefix: `/${service}/`, caseSensitive: true }
    : { exact: `/${service}/${method}`, caseSensitive: true };
}

type Condition = NonNullable<Match["headers"]>[number];

function headerConditions(
  headers: readonly HeaderMatch[],
  field: string,
  tell: Tell,
): Condition[] | undefined {
  const other = headers.findIndex(({ type }) => type !== "Exact");
  if (other >= 0) {
    const why = `${headers[other]?.type}: Lattice compares a header's value whole, by prefix or by what it contains`;
    tell.skipped(`${field}.headers[${other}].type`, why, unmatched);
    return undefined;
  }
  return headers.map(({ name, value }, index) => {
    if (/[a-z]/i.test(value))
      tell.approximated(
        `${field}.headers[${index}].value`,
        "Gateway API looks at capitals and small letters; the controller has Lattice compare without",
        "compared without regard to case",
      );
    return { name, exact: value };
  });
}
