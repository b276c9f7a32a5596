import { AwsError } from "../../aws-error.ts";
import { dataLimit } from "../engine/entry.ts";
import type { Json } from "../json.ts";

/** JSON that a caller sends as text. Throws an AwsError of this code where it is no JSON or larger than 256 KiB. */
export function jsonText(text: string, code: string, what: string): Json {
  if (Buffer.byteLength(text) > dataLimit)
    throw new AwsError(code, `Invalid ${what}: larger than ${dataLimit} bytes`);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AwsError(code, `Invalid ${what}: '${cause instanceof Error ? cause.message : cause}'`);
  }
}
