import { readFileSync } from "node:fs";
import path from "node:path";

/** A page of docs/guides, as a test tries it. */
export interface Guide {
  /** Its fenced blocks of a language. */
  blocks(language: string): string[];
  /** The command lines in its shell blocks. */
  readonly lines: readonly string[];
  readonly text: string;
}

export function readGuide(name: string): Guide {
  const text = readFileSync(path.resolve(import.meta.dirname, `../../../docs/guides/${name}.md`), "utf8");
  const blocks = (language: string) =>
    Array.from(
      text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, "gms")),
      ([, block = ""]) => block,
    );
  return { text, blocks, lines: blocks("sh").flatMap((block) => block.trim().split("\n")) };
}

/** The words of a command line as a shell splits them. */
export const words = (line: string): string[] =>
  Array.from(line.matchAll(/"([^"]*)"|\S+/g), ([word, quoted]) => quoted ?? word);
