/** A request as the shop's services see it. */
interface ShopRequest {
  readonly query: URLSearchParams;
  /** The parsed JSON; undefined without a body. */
  readonly body: unknown;
}

/** An answer; the body is sent as JSON. */
export interface Reply {
  readonly status: number;
  readonly body: object;
}

/** What a service does, by path and then by method. */
export type Routes = Readonly<Record<string, Readonly<Record<string, (request: ShopRequest) => Reply>>>>;

/** An answer for a request that cannot be served as it is. */
export function refused(status: number, message: string): Reply {
  return { status, body: { error: message } };
}
