import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { STSClient } from "@aws-sdk/client-sts";
import {
  assumedRole,
  awsValues,
  clientsOf,
  readPolicyWarnings,
  readTopology,
  translated,
} from "@espalier/lattice";
import {
  carriersOf,
  type Existing,
  fillRequest,
  mustRead,
  type Plan,
  type Problem,
  type RunRequest,
  type Runs,
  readRunRequest,
  servicesOf,
  strayAddresses,
  type Topologies,
  type TopologyDocument,
  TopologyRefused,
  unaccepted,
  type Warning,
} from "@espalier/topology";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoRuns } from "../adapters/dynamo-runs.ts";
import { dynamoTopologies } from "../adapters/dynamo-topologies.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { requestsOf } from "../adapters/service-requests.ts";
import { environment, lambda } from "../lambda.ts";
import { type Answer, answerOf, append, loadRun, type RunSoFar, refusal, stepOf } from "./advance-run.ts";

const Input = z.object({
  id: z.string(),
  owner: z.string(),
  /** AWS time. */
  at: z.iso.datetime(),
  detailType: z.string(),
  /** The event's detail, whatever was sent. */
  request: z.unknown(),
});

interface Dependencies {
  readonly runs: Runs;
  readonly topologies: Pick<Topologies, "begin" | "roleOf">;
  /** The request with the values that its document takes from AWS. */
  readonly fill: (request: unknown) => Promise<unknown>;
  readonly read: (document: TopologyDocument) => Promise<Existing>;
  /** What its policies would do that may not be meant, by the access logs before a time. */
  readonly warn: (document: TopologyDocument, existing: Existing, at: string) => Promise<readonly Warning[]>;
  /** Requests by the id of a service, in the minutes before a time, as the account of the document counts them. */
  readonly requests: (
    document: TopologyDocument,
    services: readonly string[],
    at: string,
  ) => Promise<ReadonlyMap<string, number>>;
  /** Which rollout holds a service, if one does. */
  readonly heldBy: (service: string) => Promise<string | undefined>;
}

/**
 * Begins a run: parses what is asked for, reads what exists, once, and says what comes first. It comes back where what is known
 * turned out to be wrong, to read again. Writes nothing to Lattice.
 */
export function planTopology(dependencies: Dependencies) {
  const { runs, read, fill } = dependencies;
  return async ({ id, owner, at, detailType, request }: z.infer<typeof Input>): Promise<Answer> => {
    try {
      const asked = await inItsRole(dependencies, readRunRequest(detailType, await fill(request)));
      await remember(dependencies, asked);
      if (!(await runs.begin({ id, owner, at, request: asked }))) return { next: "drop" };
      let so = await loadRun(runs, id);
      if (mustRead(so.progress))
        so = await append(runs, so, { type: "read", existing: await read(asked.document) }, at);
      const { step, planned } = stepOf(so, at);
      // Also where this is tried again after what exists was written down.
      const untouched = so.progress.attempts.length === 0;
      const problems = untouched ? await objections(dependencies, asked, so, at, planned) : [];
      if (problems.length > 0) throw new TopologyRefused("document", problems);
      return answerOf(step, asked.document.name);
    } catch (error) {
      if (error instanceof TopologyRefused) return refusal(nameOf(request), error);
      throw error;
    }
  };
}

/** Before anything is made: it is found there. */
async function remember({ topologies }: Dependencies, { type, document }: RunRequest): Promise<void> {
  if (type === "apply" && document.role !== undefined) await topologies.begin(document.name, document.role);
}

/** A destroy that names no role is done as the role that the document was applied as: there is nothing of it anywhere else. */
async function inItsRole({ topologies }: Dependencies, request: RunRequest): Promise<RunRequest> {
  if (request.type === "apply" || request.document.role !== undefined) return request;
  const role = await topologies.roleOf(request.document.name);
  return role === undefined ? request : { ...request, document: { ...request.document, role } };
}

/** What speaks against beginning at all: warnings that nobody accepted, and traffic that a destroy would cut off. */
async function objections(
  { requests, heldBy, warn }: Dependencies,
  request: RunRequest,
  { progress: { existing } }: RunSoFar,
  at: string,
  { changes, warnings }: Plan,
): Promise<Problem[]> {
  if (request.type === "apply") {
    const { document, adopt, accept } = request;
    const told = { changes, warnings: [...warnings, ...(await warn(document, existing, at))] };
    const strays = [...strayAddresses(told, "adopt", adopt), ...strayAddresses(told, "accept", accept)];
    const open = unaccepted(told.warnings, accept).map(({ place, message }) => ({
      place,
      message: `${message}; accept ${place} if that is meant`,
    }));
    return [...strays, ...open];
  }
  if (request.evenWithTraffic) return [];
  const services = servicesOf(existing, request.document.name);
  const holders = new Map<string, string>();
  for (const { id, arn } of services) {
    const holder = await heldBy(arn);
    if (holder !== undefined) holders.set(id, holder);
  }
  const ids = services.map(({ id }) => id);
  return carriersOf(existing, request.document.name, await requests(request.document, ids, at), holders);
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
  const clients = clientsOf({ maxAttempts: 8 });
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const locks = dynamoLocks(table);
  const metricsOf = ({ role }: TopologyDocument) =>
    new CloudWatchClient(role === undefined ? {} : { credentials: assumedRole(new STSClient(), role) });
  return {
    runs: dynamoRuns(table),
    topologies: dynamoTopologies(table),
    fill: (request: unknown) => translated(fillRequest(request, awsValues({ maxAttempts: 8 }))),
    read: (document: TopologyDocument) => translated(readTopology(clients(document), document)),
    warn: (document: TopologyDocument, existing: Existing, at: string) =>
      translated(readPolicyWarnings(clients(document), document, existing, Date.parse(at))),
    requests: (document: TopologyDocument, services: readonly string[], at: string) =>
      translated(requestsOf(metricsOf(document), services, at)),
    heldBy: async (service: string) => {
      const lock = await locks.read(service);
      return lock?.work === "rollout" ? lock.rollout : undefined;
    },
  };
});
