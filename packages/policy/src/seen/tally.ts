import { type Seen, seenInLog } from "./seen-request.ts";

/** Counts requests that are alike, line by line. Sessions of one role are one caller; the same request twice is one. */
export interface Tally {
  /** Takes a line of an access log; what is no request is only counted. */
  add(line: string): void;
  seen(): Seen[];
  readonly lines: number;
  /** Lines that are no requests, or whose caller is not known. */
  readonly skipped: number;
}

/** An empty tally. */
export function tally(): Tally {
  const counts = new Map<string, { request: Omit<Seen, "count">; count: number }>();
  const ids = new Set<string>();
  let lines = 0;
  let skipped = 0;
  return {
    add(line) {
      lines += 1;
      const read = seenInLog(line);
      if (read === undefined) {
        skipped += 1;
        return;
      }
      const { id, ...rest } = read;
      if (id !== undefined && ids.has(id)) return;
      if (id !== undefined) ids.add(id);
      const request = { ...rest, caller: withoutSession(rest.caller) };
      const { caller, service, network, sourceVpc, method, path, allowed } = request;
      const key = JSON.stringify([caller, service, network, sourceVpc, method, path, allowed]);
      const known = counts.get(key);
      if (known) known.count += 1;
      else counts.set(key, { request, count: 1 });
    },
    seen: () => [...counts.values()].map(({ request, count }) => ({ ...request, count })),
    get lines() {
      return lines;
    },
    get skipped() {
      return skipped;
    },
  };
}

/** `arn:aws:sts::1:assumed-role/order/session` becomes the role's ARN, but for the path, which a session does not say. */
function withoutSession(arn: string): string {
  return arn.replace(/^(arn:[^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/s, "$1:iam::$2:role/$3");
}
