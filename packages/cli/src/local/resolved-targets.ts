import { ExitCode, UserError } from "../fail.ts";

/** Where targets really are: `10.0.1.10:80=127.0.0.1:4001`, several with commas between them. Throws UserError. */
export function resolvedTargets(text: string | undefined): ReadonlyMap<string, string> {
  if (text === undefined) return new Map();
  return new Map(text.split(",").map(parsed));
}

const address = String.raw`(?:\d{1,3}(?:\.\d{1,3}){3}|\[[0-9a-fA-F:]+\]):\d{1,5}`;
const pair = new RegExp(`^(${address})=(${address})$`);

function parsed(entry: string): [target: string, local: string] {
  const [, target, local] = pair.exec(entry.trim()) ?? [];
  if (target !== undefined && local !== undefined) return [target, local];
  throw new UserError(
    `--resolve: "${entry}" is not TARGET=LOCAL, each an address and a port, as in 10.0.1.10:80=127.0.0.1:4001`,
    { exitCode: ExitCode.usage },
  );
}
