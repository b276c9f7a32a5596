import type * as z from "zod";
import type { WireRequest, WireResponse } from "../wire/protocol.ts";

/** What a door of this local AWS is asked, or the answer to what it cannot be asked. */
type Question<Asked> =
  | { readonly asked: Asked; readonly refusal?: undefined }
  | { readonly asked?: undefined; readonly refusal: WireResponse };

/** Reads a POST of JSON. */
export function localQuestion<Schema extends z.ZodType>(
  schema: Schema,
  { method, headers, body }: WireRequest,
): Question<z.output<Schema>> {
  if (method !== "POST")
    return { refusal: localAnswer(405, { message: `${method} is not offered here: POST is` }) };
  // No page of a browser may send this type to another origin without asking.
  if (!/^application\/json\b/.test(headers["content-type"] ?? "")) {
    const message = "it is asked with the header content-type: application/json";
    return { refusal: localAnswer(415, { message }) };
  }
  const asked = schema.safeParse(parsed(body.toString("utf8")));
  if (asked.success) return { asked: asked.data };
  return { refusal: localAnswer(400, { message: complaint(asked.error) }) };
}

export function localAnswer(status: number, body: object): WireResponse {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(body)}\n` };
}

/** What is no JSON is no object either. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function complaint({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [...path, message].join(" ")).join("; ");
}
