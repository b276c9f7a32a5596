import type { Exchange } from "../exchange.ts";

/** The whole body, or undefined where it is longer than `limit` bytes; the rest is then thrown away unread. */
export async function readBody(
  exchange: Exchange,
  limit: number,
  idleMs: number,
): Promise<Buffer | undefined> {
  if (Number(exchange.headers["content-length"] ?? 0) > limit) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of exchange.body(idleMs).iterator({ destroyOnReturn: false })) {
    const bytes: Buffer = chunk;
    size += bytes.length;
    if (size > limit) return undefined;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}
