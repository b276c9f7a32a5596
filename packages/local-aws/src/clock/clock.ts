/** Something scheduled on AWS time. */
export interface Timer {
  cancel(): void;
}

/**
 * AWS time: it may run faster than the wall's, stand still, or jump to the next timer when nothing is in flight.
 * Signatures, sockets and a Lambda's own duration live on wall time instead, which is simply Date.now().
 */
export interface Clock {
  /** AWS time, milliseconds since the epoch. */
  now(): number;
  /**
   * Runs `action` once, `ms` milliseconds of AWS time from now. A background timer is one of those without end (a recurring schedule, a
   * health check): a jumping clock does not go on for it alone.
   */
  after(ms: number, action: () => void, importance?: "foreground" | "background"): Timer;
  /**
   * Says that work is in flight (a request, a running function), so that a jumping clock waits for it. Call the answer when
   * it is done; calling it again does nothing.
   */
  busy(): () => void;
  close(): void;
}
