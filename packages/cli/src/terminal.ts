import { createInterface } from "node:readline/promises";

/** Where somebody can be asked. */
export interface Terminal {
  /** What is answered, without blanks around it; nothing where the input ends. */
  ask(question: string): Promise<string>;
}

/** The terminal that this process runs on; undefined where its input or its output is none. */
export const ownTerminal = (): Terminal | undefined =>
  process.stdin.isTTY && process.stdout.isTTY ? { ask } : undefined;

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const ended = new Promise<string>((resolve) => terminal.on("close", () => resolve("")));
  try {
    return (await Promise.race([terminal.question(question), ended])).trim();
  } finally {
    terminal.close();
  }
}
