import { readFileSync } from "node:fs";
import { describeIssues, RolloutRequest } from "@espalier/rollout";
import { parse, YAMLParseError } from "yaml";
import { ExitCode, UserError } from "./fail.ts";

/** What of a request can be said on the command line; it goes before what the file says. */
export interface RequestOptions {
  readonly file?: string | undefined;
  readonly service?: string | undefined;
  readonly candidate?: string | undefined;
  readonly stable?: string | undefined;
  /** `WEIGHT:MINUTES`, separated by commas. */
  readonly steps?: string | undefined;
  readonly alpha?: string | undefined;
  readonly reason?: string | undefined;
  readonly id?: string | undefined;
}

/** The request that a file and options make together. Throws UserError with a line for each thing that is wrong. */
export function readRequest({ file, steps, alpha, ...options }: RequestOptions): RolloutRequest {
  const written = file === undefined ? {} : readYaml(file);
  const said = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
  const request = {
    ...(typeof written === "object" ? written : {}),
    ...said,
    ...(alpha === undefined ? {} : { alpha: number(alpha) }),
    ...(steps === undefined ? {} : { strategy: { type: "canary", steps: steps.split(",").map(parseStep) } }),
  };
  const input = file !== undefined && (typeof written !== "object" || written === null) ? written : request;
  const parsed = RolloutRequest.safeParse(input);
  if (parsed.success) return parsed.data;
  throw new UserError(describeIssues(file ?? "", parsed.error, input).join("\n"), {
    exitCode: ExitCode.usage,
  });
}

function parseStep(text: string) {
  const [weight = "", minutes, ...more] = text.split(":");
  if (minutes === undefined || more.length > 0)
    throw new UserError(`--steps has "${text}"; a step is WEIGHT:MINUTES, as in 10:5,50:10`, {
      exitCode: ExitCode.usage,
    });
  return { weight: number(weight), bakeMinutes: number(minutes) };
}

/** What is not a number stays as it is, so that the refusal shows it as given. */
const number = (text: string) => (text.trim() === "" || Number.isNaN(Number(text)) ? text : Number(text));

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a folder, not a file",
  EACCES: "this file may not be read",
};

function readYaml(file: string): unknown {
  try {
    return parse(readFileSync(file, "utf8"));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why =
      cause instanceof YAMLParseError
        ? (message.split("\n")[0] ?? message)
        : (reasons[code ?? ""] ?? message);
    throw new UserError(`${file}: ${why}`, { exitCode: ExitCode.usage, cause });
  }
}
