import type { Platform } from "../platform.ts";

/** ARNs of log groups and streams, as permissions name them. */
export function logArns({ region, account }: Pick<Platform, "region" | "account">) {
  const prefix = `arn:aws:logs:${region}:${account}:log-group:`;
  return {
    group: (name: string) => `${prefix}${name}`,
    stream: (group: string, stream: string) => `${prefix}${group}:log-stream:${stream}`,
    /** The name in a name or an ARN, which may end in `:*`. */
    nameOf: (nameOrArn: string) =>
      nameOrArn.startsWith(prefix) ? nameOrArn.slice(prefix.length).replace(/:\*$/, "") : nameOrArn,
  };
}

export type LogArns = ReturnType<typeof logArns>;
