import { existsSync } from "node:fs";
import { join } from "node:path";
import { scoreAsl } from "./conformance/asl.ts";
import { scorePatterns } from "./conformance/patterns.ts";

/** How well one set of recordings is met, and how much of it must be. */
interface Score {
  readonly passed: number;
  readonly total: number;
  readonly failures: readonly string[];
  /** Told, and not asked for. */
  readonly histories?: { readonly passed: number; readonly total: number };
}

const sets: readonly {
  readonly name: string;
  readonly file: string;
  readonly atLeast: number;
  readonly score: (file: string) => Score | Promise<Score>;
}[] = [
  { name: "asl", file: "asl-scenarios.json", atLeast: 165, score: scoreAsl },
  { name: "patterns", file: "event-patterns.json", atLeast: 153, score: scorePatterns },
];

/** Compares the embedded engines with what AWS answered. The recordings are no part of this repository. */
async function conformance(directory: string | undefined): Promise<boolean> {
  const missing = sets.find(({ file }) => directory === undefined || !existsSync(join(directory, file)));
  if (directory === undefined || missing !== undefined) {
    console.error(`conformance: ${missing?.file} is not in ${directory ?? "a folder named as the argument"}`);
    return false;
  }
  const scores = [];
  for (const { name, file, atLeast, score } of sets) {
    const { passed, total, failures, histories } = await score(join(directory, file));
    console.log(`${name} ${passed}/${total}`);
    if (histories !== undefined) console.log(`${name} histories ${histories.passed}/${histories.total}`);
    scores.push({ met: passed >= atLeast, lines: failures.map((failure) => `${name}: ${failure}`) });
  }
  for (const { lines } of scores) for (const line of lines) console.log(shortened(line));
  return scores.every(({ met }) => met);
}

const shortened = (line: string) => (line.length > 400 ? `${line.slice(0, 400)}…` : line);

process.exitCode = (await conformance(process.argv[2])) ? 0 : 1;
