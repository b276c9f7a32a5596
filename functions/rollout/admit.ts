import { EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { latticeDirectory, latticeRouter } from "@espalier/lattice";
import {
  type Bus,
  type Commit,
  describeIssues,
  Instant,
  type Lock,
  type Meta,
  RolloutId,
  type RolloutRefused,
  RolloutRequest,
  type RolloutStarted,
  type RolloutStore,
  replay,
  type ServiceLocks,
} from "@espalier/rollout";
import * as z from "zod";
import { dynamoLocks } from "../adapters/dynamo-locks.ts";
import { dynamoStore } from "../adapters/dynamo-store.ts";
import { eventBridgeBus } from "../adapters/event-bridge-bus.ts";
import { rolloutsTable } from "../adapters/rollouts-table.ts";
import { environment, lambda } from "../lambda.ts";
import { publish } from "./advance.ts";
import { AskedEvent } from "./asked-event.ts";
import { checkRequest, type Sources } from "./check-request.ts";
import { type Watch, watchOf } from "./watch.ts";

const Input = z.object({ event: AskedEvent, execution: z.string(), at: Instant });
type Input = z.infer<typeof Input>;

interface Dependencies extends Sources {
  readonly store: RolloutStore;
  readonly locks: ServiceLocks;
  readonly bus: Bus;
}

/** What the workflow goes on with. Only an admitted rollout holds a lock. */
export interface Admission {
  readonly outcome: "admitted" | "refused" | "duplicate";
  readonly rollout: string;
  readonly generation: number;
  readonly service: string | null;
  readonly watch: Watch | null;
  readonly problems: readonly string[];
}

/**
 * Takes a request up: checks it, takes the lock of its service and begins its history, whose first commit tells a retry
 * (ours) from a duplicate (somebody else's). A refused request is a history of one event and locks nothing.
 */
export function admit(dependencies: Dependencies) {
  return async (input: Input): Promise<Admission> => {
    const id = idOf(input.event);
    const first = await dependencies.store.first(id);
    if (first !== undefined) return resume(dependencies, input, id, first);
    const decided = await decideOn(dependencies, input, id);
    if (decided === "duplicate") return duplicate(id);
    const commit = { seq: 1, owner: input.execution, events: [decided], commandIds: [] };
    if (await dependencies.store.commit(id, commit)) return resume(dependencies, input, id, commit);
    const theirs = await dependencies.store.first(id);
    return resume(dependencies, input, id, theirs ?? commit);
  };
}

/** The request's own id, so that a repeated request is one rollout; else the event's. */
function idOf({ id, detail }: AskedEvent): string {
  const own = z.object({ id: RolloutId }).safeParse(detail);
  return own.success ? own.data.id : id;
}

async function decideOn(
  { directory, router, locks }: Dependencies,
  { event, execution, at }: Input,
  id: string,
): Promise<RolloutStarted | RolloutRefused | "duplicate"> {
  const { data: request, error } = RolloutRequest.safeParse(event.detail);
  if (error) return refused(id, at, event.detail, describeIssues("", error, event.detail));
  const checked = await checkRequest({ directory, router }, request, id, at);
  if (checked.type === "problems") return refused(id, at, request, checked.problems);
  const { service } = checked.started;
  const lock: Lock = {
    service: service.arn,
    rollout: id,
    owner: execution,
    generation: 1,
    at,
    work: "rollout",
  };
  const holder = await locks.take(lock);
  if (holder.owner === execution) return checked.started;
  if (holder.rollout === id) return "duplicate";
  return refused(id, at, request, [
    `service ${service.name} is held by ${holder.work} ${holder.rollout} since ${holder.at}; wait for it to end, or abort it`,
  ]);
}

function refused(id: string, at: Instant, given: unknown, problems: readonly string[]): RolloutRefused {
  const text = z.object({ service: z.string().catch("unknown"), candidate: z.string().catch("unknown") });
  const { service, candidate } = text.catch({ service: "unknown", candidate: "unknown" }).parse(given);
  return { type: "rollout-refused", at, id, service, candidate, problems: [...problems] };
}

/** Goes on from a first commit: the one just written, or one that an earlier try of this execution left. */
async function resume({ store, locks, bus }: Dependencies, input: Input, id: string, first: Commit) {
  const rollout = replay(first.events);
  const [event] = first.events;
  if (first.owner !== input.execution || event === undefined) {
    // The lock may have been taken between the other's release and the sight of its history.
    if (event?.type === "rollout-started") await locks.release(ours(event.service.arn, input));
    return duplicate(id);
  }
  const meta = newMeta(id, first, rollout.status !== "admitted");
  await store.open(meta);
  await publish({ store, bus }, [first], (await store.load(id)).meta ?? meta, rollout);
  if (rollout.status === "admitted") {
    const { service } = rollout;
    return { ...admission("admitted", id), service: service.arn, watch: watchOf(rollout) };
  }
  return {
    ...admission("refused", id),
    problems: rollout.status === "refused" ? rollout.refusal.problems : [],
  };
}

const ours = (service: string, { execution }: Input) => ({ service, owner: execution, generation: 1 });

function newMeta(id: string, { owner, events }: Commit, settled: boolean): Meta {
  const at = events[0]?.at ?? new Date(0).toISOString();
  return { id, at, inbox: [], owner, generation: 1, publishedSeq: 0, settled };
}

function admission(outcome: Admission["outcome"], rollout: string): Admission {
  return { outcome, rollout, generation: 1, service: null, watch: null, problems: [] };
}

const duplicate = (id: string) => admission("duplicate", id);

export const handler = lambda(Input, admit, () => {
  const table = rolloutsTable(environment("ROLLOUTS_TABLE"));
  const lattice = new VPCLatticeClient();
  return {
    store: dynamoStore(table),
    locks: dynamoLocks(table),
    bus: eventBridgeBus(new EventBridgeClient(), environment("BUS_NAME")),
    directory: latticeDirectory(lattice),
    router: latticeRouter(lattice),
  };
});
