/** What JSON.stringify makes of it is DynamoDB's JSON: bytes become base64. */
export function toItemJson(input: unknown): string {
  return JSON.stringify(input, (_key, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value,
  );
}
