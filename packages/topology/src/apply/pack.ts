import { gunzipSync, gzipSync } from "node:zlib";

/** A value as bytes that take little room: JSON, compressed. */
export const pack = (value: unknown): Uint8Array => new Uint8Array(gzipSync(JSON.stringify(value)));

/** The largest document or state there is, and then some: what claims to be larger is no gzip of ours. */
const maxOutputLength = 256 * 1024 * 1024;

/** The value again. */
export const unpack = (packed: Uint8Array): unknown =>
  JSON.parse(gunzipSync(packed, { maxOutputLength }).toString("utf8"));
