import os from "node:os";
import { ExitCode, UserError } from "./fail.ts";

/** Options that most commands share. */
export const stageOption = {
  stage: {
    type: "string",
    description: "The stage of Espalier to talk to (ESPALIER_STAGE, else dev)",
  },
} as const;

export const jsonOption = { json: { type: "boolean", description: "Print JSON instead of text" } } as const;

/** Who asks, and why. */
export const askedOptions = {
  reason: { type: "string", description: "Why, for the history" },
  by: { type: "string", description: "Who asks, for the history (default: this machine's user)" },
} as const;

/** Who asks and why, as events on the bus say it. */
export const askedFields = ({ reason, by }: { reason?: string | undefined; by?: string | undefined }) => ({
  requestedBy: by ?? os.userInfo().username,
  ...(reason === undefined ? {} : { reason }),
});

/** The stage that is meant. */
export const stageOf = (args: { stage?: string | undefined }): string =>
  args.stage ?? process.env.ESPALIER_STAGE ?? "dev";

/** Refuses an option that must be a number above nil. */
export function positive(name: string, text: string): number {
  const value = Number(text);
  if (!(value > 0))
    throw new UserError(`--${name} is ${text}; it is a number above 0`, { exitCode: ExitCode.usage });
  return value;
}
