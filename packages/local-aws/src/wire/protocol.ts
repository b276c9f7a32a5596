import type { AwsError } from "../aws-error.ts";

/** A request whose body has been read, and inflated if it came compressed. */
export interface WireRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly path: string;
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

interface DecodedCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** How a service's calls, answers and errors travel. */
export interface Protocol {
  /** Throws AwsError: UnknownOperationException, SerializationException. */
  decode(request: WireRequest): DecodedCall;
  encode(operation: string, output: unknown, requestId: string): WireResponse;
  encodeError(error: AwsError, requestId: string): WireResponse;
}
