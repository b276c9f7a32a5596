import { type Headers, headerOf } from "./headers.ts";

/** Who says to have signed a request, and for which day, region and service. Nothing of it has been checked. */
export interface CredentialScope {
  readonly accessKeyId: string;
  /** `YYYYMMDD`. */
  readonly date: string;
  readonly region: string;
  /** The name a service signs with: `states`, `vpc-lattice-svcs`. */
  readonly service: string;
}

/** The scope in the Authorization header, or in the query of `path` where the request is presigned; undefined without one. */
export function credentialScope(headers: Headers, path = "/"): CredentialScope | undefined {
  const header = /\bCredential=([^,\s]+)/.exec(headerOf(headers, "authorization") ?? "")?.[1];
  const query = /[?&]X-Amz-Credential=([^&]+)/.exec(path)?.[1];
  const text = header ?? query?.replaceAll(/%2F/gi, "/");
  return text === undefined ? undefined : readScope(text);
}

/** Reads `KEY/20261122/us-east-1/states/aws4_request`. */
export function readScope(credential: string): CredentialScope | undefined {
  const parts = /^([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request$/.exec(credential);
  const [, accessKeyId, date, region, service] = parts ?? [];
  if (!accessKeyId || !date || !region || !service) return undefined;
  return { accessKeyId, date, region, service };
}

/** Reads `KEY/20261122/vpc-lattice-svcs/aws4_request` of Version 4A, for all regions of a set: `*`, `us-east-1,eu-*`. */
export function readWideScope(credential: string, regionSet: string): CredentialScope | undefined {
  const parts = /^([^/]+)\/(\d{8})\/([^/]+)\/aws4_request$/.exec(credential);
  const [, accessKeyId, date, service] = parts ?? [];
  if (!accessKeyId || !date || !service) return undefined;
  return { accessKeyId, date, region: regionSet, service };
}
