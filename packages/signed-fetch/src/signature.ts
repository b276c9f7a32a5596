import { createHmac, createSecretKey, hash, type KeyObject, timingSafeEqual } from "node:crypto";
import { ASYMMETRIC, isAsymmetricSignature } from "./asymmetric.ts";
import type { CredentialScope } from "./credential-scope.ts";
import { type Headers, headerOf } from "./headers.ts";
import type { Query } from "./query.ts";

export const SYMMETRIC = "AWS4-HMAC-SHA256";

/** Version 4, and 4A, which is good for a set of regions. */
export type Algorithm = typeof SYMMETRIC | typeof ASYMMETRIC;

/** What a signature is made over. */
export interface Signed {
  readonly algorithm: Algorithm;
  readonly method: string;
  /** As sent, without the query. */
  readonly path: string;
  readonly query: Query;
  readonly headers: Headers;
  /** Names in lower case. */
  readonly signedHeaders: readonly string[];
  /** The body's SHA-256 in hex, or what the request says in its place. */
  readonly payload: string;
  /** `20261122T211500Z`. */
  readonly time: string;
  readonly scope: CredentialScope;
}

/**
 * Whether `signature`, in hex, is what the secret's owner signed, by the steps and in the words of the specification.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function isSignature(signature: string, signed: Signed, secretAccessKey: string): boolean {
  const text = stringToSign(signed);
  if (signed.algorithm === ASYMMETRIC)
    return isAsymmetricSignature(signature, text, signed.scope, secretAccessKey);
  const key = signingKey(secretAccessKey, signed.scope);
  return sameText(createHmac("sha256", key).update(text).digest("hex"), signature);
}

function sameText(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}

function stringToSign(signed: Signed): string {
  const { date, region, service } = signed.scope;
  const request = hash("sha256", canonicalRequest(signed), "hex");
  const where = signed.algorithm === ASYMMETRIC ? `${date}/${service}` : `${date}/${region}/${service}`;
  return `${signed.algorithm}\n${signed.time}\n${where}/aws4_request\n${request}`;
}

function canonicalRequest({ method, path, query, headers, signedHeaders, payload, scope }: Signed): string {
  const names = [...signedHeaders].sort();
  const canonicalHeaders = names.map((name) => `${name}:${canonicalValue(headerOf(headers, name) ?? "")}\n`);
  return [
    method,
    scope.service === "s3" ? path : canonicalUri(path),
    canonicalQuery(query),
    canonicalHeaders.join(""),
    names.join(";"),
    payload,
  ].join("\n");
}

function canonicalValue(value: string): string {
  return value.trim().replaceAll(/\s+/g, " ");
}

/** What has been escaped on the wire is escaped once more, except for S3. */
function canonicalUri(path: string): string {
  const segments: string[] = [];
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "" && segment !== ".") segments.push(segment);
  }
  const closing = segments.length > 0 && path.endsWith("/") ? "/" : "";
  return `/${segments.map(escaped).join("/")}${closing}`;
}

function canonicalQuery(query: Query): string {
  return Object.entries(query)
    .filter(([name]) => name.toLowerCase() !== "x-amz-signature")
    .map(([name, value]) => {
      const key = escaped(name);
      return {
        key,
        text: [value]
          .flat()
          .map((each) => `${key}=${escaped(each)}`)
          .sort()
          .join("&"),
      };
    })
    .sort((one, other) => (one.key < other.key ? -1 : 1))
    .map(({ text }) => text)
    .join("&");
}

function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** So many keys are remembered: each takes four hashes and is good for a day. Node takes long to make one of bytes for every hash. */
const mostKeys = 200;
const keys = new Map<string, KeyObject>();

function signingKey(secret: string, { date, region, service }: CredentialScope): KeyObject {
  const name = `${secret} ${date} ${region} ${service}`;
  const known = keys.get(name);
  if (known !== undefined) return known;
  const steps = [date, region, service, "aws4_request"];
  const key = steps.reduce(
    (key, step) => createSecretKey(createHmac("sha256", key).update(step).digest()),
    createSecretKey(`AWS4${secret}`, "utf8"),
  );
  if (keys.size >= mostKeys) keys.clear();
  keys.set(name, key);
  return key;
}
