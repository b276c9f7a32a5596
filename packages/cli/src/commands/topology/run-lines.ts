import type { Showing } from "@espalier/topology";
import { marks } from "./marks.ts";

/** What came of one change: `+ create the service fruit`. */
export function doneLine({ verb, outcome, sentence }: Showing["done"][number]): string {
  switch (outcome) {
    case "made":
      return `${marks[verb as keyof typeof marks] ?? " "} ${sentence}`;
    case "failed":
      return `! ${sentence}: failed`;
    case "left":
      return `  ${sentence}: left alone`;
    default:
      return `  ${sentence}: changed by somebody else meanwhile, looked at anew`;
  }
}

/** What is the case now: how far it is, and what Lattice is at. */
export const underwayLines = ({ underway, open }: Showing, done: number): string[] => [
  `  ${done} done, ${open} to go`,
  ...underway.map((sentence) => `  … ${sentence}`),
];
