/** What JSON can say. Treated as immutable: states pass the same value on rather than copies. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = { readonly [member: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The size that Step Functions' limits are about: UTF-8 bytes of the compact text. */
export function byteLength(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value));
}
