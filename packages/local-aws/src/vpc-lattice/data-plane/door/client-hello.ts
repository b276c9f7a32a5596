/** What the first bytes of a connection say it speaks; undefined while there are too few of them to tell. */
export type Speech = "http1" | "http2" | "tls";

const preface = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");

/** HTTP/2 begins with its preface (RFC 9113, 3.4), TLS with a handshake record (RFC 8446, 5.1); all else is HTTP/1. */
export function speech(first: Buffer): Speech | undefined {
  if (first[0] === handshakeRecord) return "tls";
  const common = Math.min(first.length, preface.length);
  if (!first.subarray(0, common).equals(preface.subarray(0, common))) return "http1";
  // No method but this preface's begins with PRI.
  return first.length >= 3 ? "http2" : undefined;
}

const handshakeRecord = 22;
const clientHello = 1;
const serverNameExtension = 0;

/** The longest ClientHello that is waited for. */
export const longestHello = 16 * 1024;

/**
 * The server name that a TLS connection asks for, in lower case: "" where it asks for none or is not TLS, undefined while the
 * ClientHello is not all there. It is read and not checked: the TLS server or the target does that.
 * https://www.rfc-editor.org/rfc/rfc8446#section-4.1.2
 */
export function serverName(bytes: Buffer): string | undefined {
  const hello = handshake(bytes);
  if (hello === undefined) return undefined;
  try {
    return nameIn(hello);
  } catch (error) {
    if (error instanceof RangeError) return "";
    throw error;
  }
}

/** The ClientHello's bytes, put together from its records; undefined while some are missing, none where it is none. */
function handshake(bytes: Buffer): Buffer | undefined {
  const parts: Buffer[] = [];
  let size = 0;
  for (let at = 0; ; ) {
    if (bytes.length < at + 5) return undefined;
    if (bytes[at] !== handshakeRecord) return Buffer.alloc(0);
    const length = bytes.readUInt16BE(at + 3);
    if (bytes.length < at + 5 + length) return undefined;
    parts.push(bytes.subarray(at + 5, at + 5 + length));
    size += length;
    at += 5 + length;
    const whole = Buffer.concat(parts);
    if (size < 4) continue;
    if (whole[0] !== clientHello) return Buffer.alloc(0);
    const wanted = 4 + whole.readUIntBE(1, 3);
    if (size >= wanted || wanted > longestHello) return whole;
  }
}

/** Throws RangeError where a length leads beyond the end. */
function nameIn(hello: Buffer): string {
  // Header, version, random.
  let at = 4 + 2 + 32;
  at += 1 + hello.readUInt8(at);
  at += 2 + hello.readUInt16BE(at);
  at += 1 + hello.readUInt8(at);
  const end = at + 2 + hello.readUInt16BE(at);
  at += 2;
  while (at < end) {
    const type = hello.readUInt16BE(at);
    const length = hello.readUInt16BE(at + 2);
    // The list's length and the name's type come before the name.
    if (type === serverNameExtension) {
      const name = hello.readUInt16BE(at + 7);
      return hello.toString("latin1", at + 9, at + 9 + name).toLowerCase();
    }
    at += 4 + length;
  }
  return "";
}
