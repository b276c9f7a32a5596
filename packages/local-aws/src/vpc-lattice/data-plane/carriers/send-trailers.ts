import { constants, type Http2Stream } from "node:http2";
import type { RawHeaders } from "../exchange.ts";
import { headerObject } from "./header-object.ts";

/** Ends a stream with trailers, or breaks it off where HTTP/2 cannot carry them. */
export function sendTrailers(stream: Http2Stream, trailers: RawHeaders): void {
  try {
    stream.sendTrailers(headerObject(trailers));
  } catch {
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  }
}
