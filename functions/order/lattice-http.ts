import * as z from "zod";

/**
 * What Lattice hands a Lambda target in event version 2.0, as far as it is read here. The path has the query with it.
 * https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html
 */
export const LatticeRequest = z.object({
  version: z.literal("2.0"),
  method: z.string(),
  path: z.string(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().optional(),
});
export type LatticeRequest = z.infer<typeof LatticeRequest>;

/** What a Lambda target answers Lattice. */
export interface LatticeResponse {
  readonly isBase64Encoded: false;
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export function jsonResponse(statusCode: number, body: object): LatticeResponse {
  return {
    isBase64Encoded: false,
    statusCode,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
}

/** The body as text, empty without one. */
export function bodyText({ body = "", isBase64Encoded = false }: LatticeRequest): string {
  return isBase64Encoded ? Buffer.from(body, "base64").toString() : body;
}
