import { type ArgsDef, parseArgs, runCommand } from "citty";
import type { AnyCommand } from "./any-command.ts";
import { didYouMean } from "./did-you-mean.ts";
import { ExitCode, UserError } from "./fail.ts";
import { help } from "./help.ts";
import { useLocalSession } from "./local-session.ts";
import { ownTerminal, type Terminal } from "./terminal.ts";
import { whyNoAws } from "./why-no-aws.ts";

/**
 * Runs one command line and answers the exit code. Help goes to stdout; a user's mistake is one line on stderr. Options
 * and words that the command does not know are refused, which citty leaves to its caller.
 */
export async function runCli(
  root: AnyCommand,
  argv: readonly string[],
  { terminal = ownTerminal() }: { readonly terminal?: Terminal | undefined } = {},
): Promise<number> {
  const flags = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  let words: readonly string[] = [];
  try {
    const version = (await resolve(root.meta))?.version;
    if (flags.includes("--version")) {
      console.log(version);
      return ExitCode.done;
    }
    const named = await leaf(root, argv);
    const { command, rest } = named;
    words = named.words;
    if (flags.includes("--help") || flags.includes("-h") || !command.run) {
      console.log(await help(command, words, version));
      return flags.length > 0 && !command.run && !flags.includes("--help") ? ExitCode.usage : ExitCode.done;
    }
    const rawArgs = rest.filter((argument) => argument !== "--local");
    const args = (await resolve(command.args)) ?? {};
    refuseUnknownOptions(args, rest, words.join(" "));
    refuseSurplus(args, rawArgs, words.join(" "));
    const local = flags.includes("--local");
    if (local) useLocalSession();
    const { result } = await runCommand(command, { rawArgs, data: { local, terminal } });
    return typeof result === "number" ? result : ExitCode.done;
  } catch (error) {
    const code = report(error as Error);
    return code === ExitCode.usage && saysToDo(words) ? ExitCode.failed : code;
  }
}

/** Whether a 2 of this command says that there is something to do, and so nothing else, as with `terraform plan -detailed-exitcode`. */
const saysToDo = (words: readonly string[]): boolean =>
  ["espalier topology plan", "espalier topology drift"].includes(words.join(" "));

const resolve = async <T>(
  value: T | Promise<T> | (() => T | Promise<T>) | undefined,
): Promise<T | undefined> =>
  typeof value === "function" ? await (value as () => T | Promise<T>)() : await value;

/** The command that a command line names, the words that name it, and what is left of the line. */
async function leaf(root: AnyCommand, argv: readonly string[]) {
  let [command, rest]: [AnyCommand, string[]] = [root, [...argv]];
  const words = [(await resolve(root.meta))?.name ?? ""];
  for (;;) {
    const subCommands = await resolve(command.subCommands);
    const at = rest.findIndex((argument) => !argument.startsWith("-"));
    const name = rest[at];
    if (!subCommands || name === undefined) return { command, words, rest };
    const next = Object.hasOwn(subCommands, name) ? await resolve(subCommands[name]) : undefined;
    if (!next)
      throw usage(
        `there is no command "${name}"${didYouMean(name, Object.keys(subCommands))}; there are: ${Object.keys(subCommands).join(", ")}`,
      );
    [command, rest] = [next, rest.toSpliced(at, 1)];
    words.push(name);
  }
}

function refuseUnknownOptions(args: ArgsDef, rest: readonly string[], name: string): void {
  const known = new Set(["local", "help", "version"]);
  for (const [key, definition] of Object.entries(args)) {
    known.add(key);
    for (const alias of [("alias" in definition && definition.alias) || []].flat()) known.add(alias);
  }
  const given = rest.filter((argument) => argument.startsWith("-") && argument !== "--" && argument !== "-");
  const unknown = given.find((argument) => !known.has(bare(argument)));
  if (unknown)
    throw usage(
      `${name} has no option ${unknown}${didYouMean(bare(unknown), [...known])}; see: ${name} --help`,
    );
}

const bare = (option: string) => option.replace(/^--?(no-)?/, "").replace(/=.*$/, "");

function refuseSurplus(definitions: ArgsDef, rawArgs: readonly string[], name: string): void {
  const args = parseArgs([...rawArgs], definitions);
  const places = Object.values(definitions).filter(({ type }) => type === "positional");
  const takesMore = places.at(-1)?.valueHint?.endsWith("...");
  const surplus = takesMore ? undefined : args._[places.length];
  if (surplus !== undefined)
    throw usage(`${name} does not know what to do with "${surplus}"; see: ${name} --help`);
  for (const [option, { type }] of Object.entries(definitions))
    if (type === "string" && args[option] === "")
      throw usage(`--${option} has no value; see: ${name} --help`);
}

const usage = (message: string) => new UserError(message, { exitCode: ExitCode.usage });

/** One line for people. Where an error is nobody's mistake but ours, its trace is there for the asking: DEBUG. */
function report(error: Error): number {
  const expected = error instanceof UserError || error.name === "CLIError";
  const noAws = whyNoAws(error);
  if (process.env.DEBUG) console.error(error);
  else if (noAws !== undefined) console.error(noAws);
  else if (expected) console.error(error.message);
  else if ("$metadata" in error) console.error(`AWS refused: ${error.name}: ${error.message}`);
  else console.error(`${error.name}: ${error.message} (set DEBUG=1 for where it happened)`);
  if (error instanceof UserError) return error.exitCode;
  return error.name === "CLIError" ? ExitCode.usage : ExitCode.failed;
}
