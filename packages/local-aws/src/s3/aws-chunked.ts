import { AwsError } from "../aws-error.ts";

/**
 * The body inside `aws-chunked` coding: each chunk a line with its size in hex (and perhaps a signature), its bytes, a
 * line end; after the chunk of size 0 come trailers, which are dropped. The chunks' signatures are not checked.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export function decodeAwsChunked(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let place = 0; ; ) {
    const lineEnd = body.indexOf("\r\n", place);
    const size =
      lineEnd < 0 ? undefined : /^[0-9a-f]{1,8}(?=;|$)/i.exec(body.toString("latin1", place, lineEnd))?.[0];
    if (size === undefined) throw malformed();
    const length = Number.parseInt(size, 16);
    if (length === 0) return Buffer.concat(chunks);
    const start = lineEnd + 2;
    if (start + length + 2 > body.length) throw malformed();
    chunks.push(body.subarray(start, start + length));
    place = start + length + 2;
  }
}

function malformed(): AwsError {
  return new AwsError("IncompleteBody", "The body is not in aws-chunked coding, or ends too soon.", 400);
}
