import { ExitCode, UserError } from "../../fail.ts";

/** Names and values of an option that is given as `NAME:VALUE`, whatever stands between them. Throws UserError. */
export function pairsOf(option: string, given: readonly string[], between: string): Record<string, string> {
  return Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf(between);
      if (at < 1)
        throw new UserError(`--${option} is ${text}; it is NAME${between}VALUE`, {
          exitCode: ExitCode.usage,
        });
      return [text.slice(0, at).trim(), text.slice(at + 1).trim()];
    }),
  );
}
