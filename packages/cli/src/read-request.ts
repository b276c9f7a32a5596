import { readFileSync } from "node:fs";
import { describeIssues, RolloutRequest } from "@espalier/rollout";
import { parse, YAMLParseError } from "yaml";
import { ExitCode, UserError } from "./fail.ts";
import { numberOrText, type StrategyOptions, strategySaid } from "./strategy-said.ts";

/** What of a request can be said on the command line; it goes before what the file says. */
export interface RequestOptions extends StrategyOptions {
  readonly file?: string | undefined;
  readonly service?: string | undefined;
  readonly candidate?: string | undefined;
  readonly stable?: string | undefined;
  readonly alpha?: string | undefined;
  readonly whenLocked?: string | undefined;
  readonly alarms?: readonly string[];
  /** A cron of five fields, minutes, and perhaps a time zone each. */
  readonly windows?: readonly string[];
  readonly reason?: string | undefined;
  readonly requestedBy?: string | undefined;
  readonly id?: string | undefined;
}

/** The request that a file and options make together. Throws UserError with a line for each thing that is wrong. */
export function readRequest(options: RequestOptions): RolloutRequest {
  const { file } = options;
  const written = file === undefined ? {} : readYaml(file);
  const input = isObject(written) ? { ...written, ...said(options, written.strategy) } : written;
  const parsed = RolloutRequest.safeParse(input);
  if (parsed.success) return parsed.data;
  throw usage(describeIssues(file ?? "", parsed.error, input).join("\n"));
}

/** The fields that the options give, as a request has them. */
function said(options: RequestOptions, written: unknown): object {
  const { alpha, alarms = [], windows = [], strategy, weights, bake, file: _, ...plain } = options;
  const fields = {
    ...plain,
    alpha: alpha === undefined ? undefined : numberOrText(alpha),
    strategy: strategySaid({ strategy, weights, bake }, written),
    alarms: alarms.length === 0 ? undefined : alarms,
    windows: windows.length === 0 ? undefined : windows.map(windowSaid),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

function windowSaid(text: string) {
  const words = text.trim().split(/\s+/);
  const [minutes, timeZone = "UTC", ...more] = words.slice(5);
  if (minutes === undefined || more.length > 0)
    throw usage(
      `--window is "${text}"; it is a cron of five fields, for how many minutes, and a time zone, as in 0 9 * * 1-5 480 Europe/Berlin`,
    );
  return { opens: words.slice(0, 5).join(" "), minutes: numberOrText(minutes), timeZone };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

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
    throw usage(`${file}: ${why}`, cause);
  }
}

const usage = (message: string, cause?: unknown) =>
  new UserError(message, { exitCode: ExitCode.usage, cause });
