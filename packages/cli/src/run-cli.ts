import { type ArgsDef, type CommandDef, renderUsage, runCommand } from "citty";
import { ExitCode, UserError } from "./fail.ts";
import { useLocalSession } from "./local-session.ts";

/** Any command, whatever its arguments: citty's types do not vary over them. */
// biome-ignore lint/suspicious/noExplicitAny: CommandDef is invariant in its arguments.
type Command = CommandDef<any>;

/**
 * Runs one command line and answers the exit code. Help goes to stdout; a user's mistake is one line on stderr. Options
 * that the command does not know are refused, which citty leaves to its caller.
 */
export async function runCli(root: Command, argv: readonly string[]): Promise<number> {
  const flags = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  try {
    if (flags.includes("--version")) {
      console.log((await resolve(root.meta))?.version);
      return ExitCode.done;
    }
    const { command, parent, rest } = await leaf(root, argv);
    if (flags.includes("--help") || flags.includes("-h") || !command.run) {
      console.log(`${await renderUsage(command, parent)}\n`);
      return flags.length > 0 && !command.run && !flags.includes("--help") ? ExitCode.usage : ExitCode.done;
    }
    refuseUnknownOptions((await resolve(command.args)) ?? {}, rest, await pathOf(command, parent));
    if (flags.includes("--local")) useLocalSession();
    const { result } = await runCommand(command, {
      rawArgs: rest.filter((argument) => argument !== "--local"),
    });
    return typeof result === "number" ? result : ExitCode.done;
  } catch (error) {
    return report(error as Error);
  }
}

const resolve = async <T>(
  value: T | Promise<T> | (() => T | Promise<T>) | undefined,
): Promise<T | undefined> =>
  typeof value === "function" ? await (value as () => T | Promise<T>)() : await value;

const pathOf = async (command: Command, parent: Command | undefined) =>
  [parent && (await resolve(parent.meta))?.name, (await resolve(command.meta))?.name]
    .filter(Boolean)
    .join(" ");

async function leaf(root: Command, argv: readonly string[]) {
  let [command, parent, rest]: [Command, Command | undefined, string[]] = [root, undefined, [...argv]];
  for (;;) {
    const subCommands = await resolve(command.subCommands);
    const at = rest.findIndex((argument) => !argument.startsWith("-"));
    const name = rest[at];
    if (!subCommands || name === undefined) return { command, parent, rest };
    const next = await resolve(subCommands[name]);
    if (!next)
      throw new UserError(
        `there is no command "${name}"; there are: ${Object.keys(subCommands).join(", ")}`,
        {
          exitCode: ExitCode.usage,
        },
      );
    [command, parent, rest] = [next, command, rest.toSpliced(at, 1)];
  }
}

function refuseUnknownOptions(args: ArgsDef, rest: readonly string[], name: string): void {
  const known = new Set(["local", "help", "version"]);
  for (const [key, definition] of Object.entries(args)) {
    known.add(key);
    for (const alias of [("alias" in definition && definition.alias) || []].flat()) known.add(alias);
  }
  const given = rest.filter((argument) => argument.startsWith("-") && argument !== "--" && argument !== "-");
  const unknown = given.find(
    (argument) => !known.has(argument.replace(/^--?(no-)?/, "").replace(/=.*$/, "")),
  );
  if (unknown)
    throw new UserError(
      `${name} has no option ${unknown}; see: espalier ${name.replace(/^espalier /, "")} --help`,
      {
        exitCode: ExitCode.usage,
      },
    );
}

function report(error: Error): number {
  if (error instanceof UserError) {
    console.error(error.message);
    return error.exitCode;
  }
  if (error.name === "CLIError") {
    console.error(error.message);
    return ExitCode.usage;
  }
  const aws = "$metadata" in error;
  console.error(aws ? `AWS refused: ${error.name}: ${error.message}` : error.stack);
  return ExitCode.failed;
}
