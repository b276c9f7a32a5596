/** Pulumi's mark of a value of special kind, and the kind that is a secret: see its SDK's runtime/rpc. */
const mark = "4dabf18193072939515e22adb298388d";
const secret = "1b47061264138c4ac30d75fd1eb44270";

/** A value with every secret in it in the clear, as the provider of a resource gets it. */
export function reveal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reveal);
  if (!isPlain(value)) return value;
  if (value[mark] === secret) return reveal(value.value);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, reveal(inner)]));
}

/** Assets and archives are not: Pulumi knows them by their class. */
function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
