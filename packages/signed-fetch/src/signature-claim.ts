import { ASYMMETRIC } from "./asymmetric.ts";
import { type CredentialScope, readScope, readWideScope } from "./credential-scope.ts";
import { type Headers, headerOf } from "./headers.ts";
import type { Query } from "./query.ts";
import { type Algorithm, SYMMETRIC } from "./signature.ts";

/** What a signed request says of its own signature. */
export interface SignatureClaim {
  readonly form: "header" | "query";
  readonly algorithm: Algorithm;
  /** Its region is the region set, where the algorithm knows one. */
  readonly scope: CredentialScope;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** `20261122T211500Z`. */
  readonly time: string;
  readonly signedAt: Date;
  /** Seconds for which a presigned request is good. */
  readonly expiresIn?: number;
  readonly sessionToken: string | undefined;
}

/** Reads the claim of either form; `undefined` where the request is unsigned, a text that says what the claim lacks where it is torn. */
export function signatureClaim(headers: Headers, query: Query): SignatureClaim | string | undefined {
  const authorization = headerOf(headers, "authorization");
  if (authorization !== undefined) return headerClaim(authorization, headers);
  if (query["X-Amz-Algorithm"] !== undefined || query["X-Amz-Signature"] !== undefined)
    return queryClaim(query);
  return undefined;
}

function headerClaim(authorization: string, headers: Headers): SignatureClaim | string {
  const [algorithm = "", text = ""] = splitOnce(authorization.trim(), " ");
  if (!isAlgorithm(algorithm)) return `Unsupported AWS 'algorithm': '${algorithm}'`;
  const fields = new Map(text.split(",").map((field) => splitOnce(field.trim(), "=")));
  return claim("header", algorithm, {
    credential: fields.get("Credential"),
    signedHeaders: fields.get("SignedHeaders"),
    signature: fields.get("Signature"),
    date: headerOf(headers, "x-amz-date"),
    regionSet: algorithm === ASYMMETRIC ? headerOf(headers, "x-amz-region-set") : undefined,
    sessionToken: headerOf(headers, "x-amz-security-token"),
  });
}

function queryClaim(query: Query): SignatureClaim | string {
  const one = (name: string) => {
    const value = query[name];
    return typeof value === "string" ? value : undefined;
  };
  const algorithm = one("X-Amz-Algorithm");
  if (algorithm === undefined || !isAlgorithm(algorithm))
    return `Unsupported AWS 'algorithm': '${algorithm}'`;
  const expires = one("X-Amz-Expires");
  if (expires === undefined || !/^\d{1,6}$/.test(expires) || Number(expires) > 604_800) {
    return "X-Amz-Expires must be a number of seconds, at most a week";
  }
  const read = claim("query", algorithm, {
    credential: one("X-Amz-Credential"),
    signedHeaders: one("X-Amz-SignedHeaders"),
    signature: one("X-Amz-Signature"),
    date: one("X-Amz-Date"),
    regionSet: one("X-Amz-Region-Set"),
    sessionToken: one("X-Amz-Security-Token"),
  });
  return typeof read === "string" ? read : { ...read, expiresIn: Number(expires) };
}

interface Fields {
  readonly credential: string | undefined;
  readonly signedHeaders: string | undefined;
  readonly signature: string | undefined;
  readonly date: string | undefined;
  readonly regionSet: string | undefined;
  readonly sessionToken: string | undefined;
}

function isAlgorithm(name: string): name is Algorithm {
  return name === SYMMETRIC || name === ASYMMETRIC;
}

function claim(form: "header" | "query", algorithm: Algorithm, fields: Fields): SignatureClaim | string {
  const { credential, signedHeaders, signature, date, regionSet, sessionToken } = fields;
  if (!credential) return "Authorization requires 'Credential' parameter";
  if (!signature) return "Authorization requires 'Signature' parameter";
  if (!signedHeaders) return "Authorization requires 'SignedHeaders' parameter";
  if (!date) return "Authorization requires existence of an 'X-Amz-Date' header";
  const wide = algorithm === ASYMMETRIC;
  if (wide && !regionSet) return "Authorization requires existence of an 'X-Amz-Region-Set' header";
  const scope = wide ? readWideScope(credential, regionSet ?? "") : readScope(credential);
  if (!scope)
    return `Credential must have exactly ${wide ? 4 : 5} slash-delimited elements, ending in 'aws4_request'`;
  const signedAt = readDate(date);
  if (!signedAt) return "Date must be in ISO-8601 'basic format'";
  if (!date.startsWith(scope.date))
    return "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date";
  const names = signedHeaders.split(";");
  if (!names.includes("host")) return "'Host' must be a 'SignedHeader'";
  if (wide && form === "header" && !names.includes("x-amz-region-set"))
    return "'X-Amz-Region-Set' must be a 'SignedHeader'";
  return { form, algorithm, scope, signedHeaders: names, signature, time: date, signedAt, sessionToken };
}

/** Reads `20261122T211500Z`. */
function readDate(text: string): Date | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second] = parts;
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
}
