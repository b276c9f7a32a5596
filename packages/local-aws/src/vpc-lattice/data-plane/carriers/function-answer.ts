import * as z from "zod";

/** What a function answers with; only the status is insisted on. */
const FunctionAnswer = z.object({
  statusCode: z.int().min(200).max(599),
  headers: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]))
    .nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

export interface HttpAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, readonly string[]>>;
  readonly body: Buffer;
}

/** The HTTP answer that a function's payload stands for; undefined where it stands for none. */
export function functionAnswer(payload: string): HttpAnswer | undefined {
  const parsed = FunctionAnswer.safeParse(parseJson(payload));
  if (!parsed.success) return undefined;
  const { statusCode, headers, body, isBase64Encoded } = parsed.data;
  return {
    status: statusCode,
    headers: headersOf(headers ?? {}),
    body: Buffer.from(body ?? "", isBase64Encoded === true ? "base64" : "utf8"),
  };
}

function headersOf(given: Readonly<Record<string, unknown>>): Record<string, string[]> {
  const headers = new Map<string, string[]>();
  for (const [name, value] of Object.entries(given)) {
    const key = name.toLowerCase();
    if (key !== "content-length")
      headers.set(key, [...(headers.get(key) ?? []), ...[value].flat().map(String)]);
  }
  return Object.fromEntries(headers);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
