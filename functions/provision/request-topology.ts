import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { RAMClient } from "@aws-sdk/client-ram";
import { STSClient } from "@aws-sdk/client-sts";
import { assumedRole } from "@espalier/lattice";
import { fillGiven, type TopologyRun } from "@espalier/topology";
import * as z from "zod";
import { askedOnBus } from "../adapters/asked-on-bus.ts";
import { dynamoRuns } from "../adapters/dynamo-runs.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { acceptShares } from "./accept-shares.ts";

const Document = z.object({
  /** YAML or JSON, as it is written in its file. */
  document: z.string(),
  /** For its `${names}`. */
  values: z.record(z.string(), z.unknown()).default({}),
});
type Document = z.infer<typeof Document>;

/**
 * What the provider of `aws.lambda.Invocation` sends with `lifecycleScope: CRUD`:
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_invocation#lifecycle_scope
 */
const Input = Document.extend({
  tf: z.discriminatedUnion("action", [
    z.object({ action: z.literal("create") }),
    z.object({ action: z.literal("update"), prev_input: Document }),
    z.object({ action: z.literal("delete") }),
  ]),
});
type Input = z.infer<typeof Input>;

interface Dependencies {
  /** Puts a request on the bus. */
  readonly ask: (detailType: string, detail: Record<string, unknown>) => Promise<void>;
  readonly ended: (id: string) => Promise<TopologyRun | undefined>;
  /** Accepts, as a role of another account, what this account shares with it; true once something is shared. */
  readonly accept: (role: string) => Promise<boolean>;
  /** Waits before it looks again. */
  readonly pause: () => Promise<void>;
  readonly newId: () => string;
}

/** What a run did, in sentences. */
interface Done {
  readonly id: string;
  readonly changes: readonly string[];
}

/** A topology was not made as its document says, or not taken down. */
class TopologyNotApplied extends Error {
  override readonly name = "TopologyNotApplied";
}

/** Looks at half a second each: just less than the longest that a function may run, and said rather than timed out. */
const mostLooks = 1600;
const mostLooksForShares = 60;

/** For a deployment: asks for an apply, or at its removal for a destroy, and waits for the outcome. Throws TopologyNotApplied. */
export function requestTopology(dependencies: Dependencies) {
  const run = async (detailType: string, detail: Record<string, unknown>): Promise<Done> => {
    const id = dependencies.newId();
    await dependencies.ask(detailType, { id, ...detail });
    const run = await outcome(dependencies, id);
    if (run.status !== "applied")
      throw new TopologyNotApplied(`the topology was not applied: ${whyNot(run)}`);
    return { id, changes: run.report.changes.map(({ sentence }) => sentence) };
  };
  const apply = async (given: Document) => {
    const document = filled(given);
    const { role } = Heading.parse(document);
    if (role !== undefined) await shared(dependencies, role);
    return run("Topology Apply Requested", { document });
  };
  // Whoever removes what the topology stands on means it.
  const destroy = (given: Document) =>
    run("Topology Destroy Requested", { ...headingOf(given), evenWithTraffic: true });

  return async ({ tf, ...given }: Input): Promise<Done> => {
    if (tf.action === "delete") return destroy(given);
    const done = await apply(given);
    if (tf.action === "update" && headingOf(tf.prev_input).name !== headingOf(given).name)
      await destroy(tf.prev_input);
    return done;
  };
}

const filled = ({ document, values }: Document): unknown => fillGiven(document, values, "document");

/** What of a document says whose it is. */
const Heading = z.object({ name: z.string(), role: z.string().optional() });

const headingOf = (given: Document) => Heading.parse(filled(given));

/** A share that was just made is seen a little later. Where there is none, the apply says what it misses. */
async function shared({ accept, pause }: Dependencies, role: string): Promise<void> {
  for (let looks = 0; looks < mostLooksForShares && !(await accept(role)); looks += 1) await pause();
}

async function outcome({ ended, pause }: Dependencies, id: string): Promise<TopologyRun> {
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const run = await ended(id);
    if (run !== undefined) return run;
    await pause();
  }
  throw new TopologyNotApplied(`the run ${id} is still going on; deploy again when it has ended`);
}

function whyNot(run: Exclude<TopologyRun, { status: "applied" }>): string {
  switch (run.status) {
    case "refused":
      return run.problems.join("; ");
    case "broken":
      return `${run.error}: ${run.cause}`;
    case "failed":
      return [...run.report.failures, ...run.report.left].map(({ sentence }) => sentence).join("; ");
  }
}

export const handler = lambda(Input, requestTopology, () => {
  const runs = dynamoRuns(rolloutsTable(environment("ROLLOUTS_TABLE")));
  const sts = new STSClient();
  return {
    accept: (role: string) =>
      acceptShares(new RAMClient({ credentials: assumedRole(sts, role) }), environment("ACCOUNT_ID")),
    ask: askedOnBus(new EventBridgeClient(), environment("BUS_NAME")),
    ended: runs.ended,
    pause: () => pause(500),
    newId: () => `deploy-${randomUUID()}`,
  };
});
