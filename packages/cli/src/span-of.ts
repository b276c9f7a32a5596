import { ExitCode, UserError } from "./fail.ts";

const units = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

/** A span such as `7d`, in milliseconds. Throws UserError. */
export function spanOf(option: string, text: string): number {
  const [, count, unit = ""] = /^(\d+)([mhdw])$/.exec(text) ?? [];
  const span = Number(count) * (units[unit as keyof typeof units] ?? 0);
  if (span > 0) return span;
  throw new UserError(`--${option} is ${text}; it is a number with m, h, d or w, as in 7d`, {
    exitCode: ExitCode.usage,
  });
}
