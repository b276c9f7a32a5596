/** See https://docs.aws.amazon.com/vpc-lattice/latest/ug/quotas.html and the user guide's page on troubleshooting. */
export const headerLimits = { count: 100, bytes: 60 * 1024 };

/** What a door puts up with. Times are milliseconds of wall time, as they bound sockets. */
export interface DoorLimits {
  /** For the first bytes, a TLS handshake, and the headers of a request. */
  readonly headersMs: number;
  /** How long a connection may be idle between requests. */
  readonly idleMs: number;
  /** How long a connection may last in all, requests under way or not. */
  readonly connectionMs: number;
  /** Open connections. */
  readonly connections: number;
  /** Requests at a time on one connection: streams of HTTP/2, or requests of HTTP/1.1 sent ahead of the answers. */
  readonly requests: number;
}

/** AWS's figures where it gives them. */
export const doorLimits: DoorLimits = {
  headersMs: 60_000,
  idleMs: 60_000,
  connectionMs: 600_000,
  connections: 20_000,
  requests: 128,
};
