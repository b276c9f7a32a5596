import { type Seen, type SeenRequest, seenInLog } from "./seen-request.ts";

/** Counts requests that are alike, line by line. Sessions of one role are one caller. */
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
  const counts = new Map<string, { request: SeenRequest; count: number }>();
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
      const request = { ...read, caller: withoutSession(read.caller) };
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
