import { espalier } from "./espalier.ts";
import { ExitCode } from "./fail.ts";
import { runCli } from "./run-cli.ts";

process.exitCode = await runCli(espalier, process.argv.slice(2));
// What was under way when the user stopped it is given up, not waited for.
if (process.exitCode === ExitCode.interrupted) process.exit();
