import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { readTopology, translated } from "@espalier/lattice";
import {
  Attempt,
  type Existing,
  nextTurn,
  plan,
  readApplyRequest,
  sentenceOf,
  serviceUrls,
  type TopologyDocument,
  TopologyRefused,
  type Turn,
} from "@espalier/topology";
import * as z from "zod";
import { lambda } from "../lambda.ts";

const Input = z.object({
  /** The event's detail, whatever was sent. */
  request: z.unknown(),
  attempts: z.array(Attempt),
  /** AWS time since the apply began, in milliseconds. */
  elapsedMs: z.number(),
});

type Answer =
  | Extract<Turn, { next: "apply" | "wait" }>
  | (Extract<Turn, { next: "settle" }> & { readonly name: string; readonly urls: Record<string, string> })
  | { readonly next: "refuse"; readonly name: string; readonly problems: readonly string[] };

/** Problems told at once, and the length of each: what a workflow carries along is bounded. */
const mostProblems = 50;

/** Reads the request and what exists, and says what the workflow does next. Writes nothing. */
export function planTopology({ read }: { read: (document: TopologyDocument) => Promise<Existing> }) {
  return async ({ request, attempts, elapsedMs }: z.infer<typeof Input>): Promise<Answer> => {
    try {
      const { document, adopt } = readApplyRequest(request);
      const existing = await read(document);
      const turn = nextTurn(plan(document, existing, adopt), attempts, elapsedMs);
      if (turn.next === "refuse") throw new TopologyRefused("document", turn.problems);
      return turn.next === "settle"
        ? { ...turn, name: document.name, urls: serviceUrls(document, existing) }
        : turn;
    } catch (error) {
      if (!(error instanceof TopologyRefused)) throw error;
      const problems = error.problems.map((problem) => sentenceOf("document", problem).slice(0, 500));
      return { next: "refuse", name: nameOf(request), problems: problems.slice(0, mostProblems) };
    }
  };
}

const Hint = z
  .object({
    name: z.string().optional().catch(undefined),
    document: z.object({ name: z.string().optional().catch(undefined) }).catch({}),
  })
  .catch({ document: {} });

/** What a request calls its topology, as far as it can be told from one that is wrong. */
function nameOf(request: unknown): string {
  const { name, document } = Hint.parse(request);
  return (document.name ?? name ?? "").slice(0, 63);
}

export const handler = lambda(Input, planTopology, () => {
  const client = new VPCLatticeClient({ maxAttempts: 8 });
  return { read: (document: TopologyDocument) => translated(readTopology(client, document)) };
});
