import { clientsOf, readLives, translated } from "@espalier/lattice";
import {
  foldLives,
  type Life,
  type Runs,
  type TopologyDocument,
  type Watched,
  watched,
} from "@espalier/topology";
import * as z from "zod";
import { dynamoRuns } from "../adapters/dynamo-runs.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { type Answer, answerOf, append, loadRun, stepOf } from "./advance-run.ts";

const Input = z.object({
  id: z.string(),
  /** AWS time. */
  at: z.iso.datetime(),
});

interface Dependencies {
  readonly runs: Runs;
  readonly look: (document: TopologyDocument, watched: readonly Watched[]) => Promise<readonly Life[]>;
}

/** Looks at what Lattice is at, by its lists alone, and writes down what has become of it. */
export function followTopology({ runs, look }: Dependencies) {
  return async ({ id, at }: z.infer<typeof Input>): Promise<Answer> => {
    let so = await loadRun(runs, id);
    const { existing } = so.progress;
    const lives = await look(so.run.request.document, watched(existing));
    const after = foldLives(existing, lives);
    if (JSON.stringify(after) !== JSON.stringify(existing))
      so = await append(runs, so, { type: "followed", lives }, at);
    return answerOf(stepOf(so, at).step, so.run.request.document.name);
  };
}

export const handler = lambda(Input, followTopology, () => {
  const clients = clientsOf({ maxAttempts: 8 });
  return {
    runs: dynamoRuns(rolloutsTable(environment("ROLLOUTS_TABLE"))),
    look: (document: TopologyDocument, things: readonly Watched[]) =>
      translated(readLives(clients(document).lattice, things)),
  };
});
