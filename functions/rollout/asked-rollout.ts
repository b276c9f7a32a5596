import {
  type Admitted,
  candidateName,
  describeIssues,
  RolloutId,
  RolloutRequest,
  type RolloutStore,
  stateOf,
  UndoRequest,
  undoId,
  undoOf,
} from "@espalier/rollout";
import * as z from "zod";
import type { AskedEvent } from "./asked-event.ts";
import type { AskedFor } from "./asked-in.ts";

/** What an event asks for: a rollout, perhaps one that takes another back; or why it asks for none. */
export type AskedRollout = { readonly id: string } & (
  | { readonly type: "asked"; readonly request: RolloutRequest; readonly undone?: Admitted }
  | {
      readonly type: "unreadable";
      readonly problems: readonly string[];
      /** As far as they could be read. */
      readonly given: { readonly service: string; readonly candidate: string };
    }
);

/** What a refusal of it says that was asked for. */
export function askedFor(asked: AskedRollout): AskedFor {
  if (asked.type === "unreadable") return asked.given;
  const { request } = asked;
  return { service: request.service, candidate: candidateName(request.candidate), request };
}

type Store = Pick<RolloutStore, "load" | "first">;

/** Reads what an event asks for. Asked again by the same execution, it is the same rollout. */
export async function askedRollout(
  store: Store,
  event: AskedEvent,
  execution: string,
): Promise<AskedRollout> {
  if (event["detail-type"] === "Rollout Undo Requested") return askedUndo(store, event, execution);
  const { data: request, error } = RolloutRequest.safeParse(event.detail);
  const id = ownId(event) ?? event.id;
  return error
    ? unreadable(event, id, describeIssues("", error, event.detail))
    : { type: "asked", id, request };
}

async function askedUndo(store: Store, event: AskedEvent, execution: string): Promise<AskedRollout> {
  const { data, error } = UndoRequest.safeParse(event.detail);
  if (error) return unreadable(event, ownId(event) ?? event.id, describeIssues("", error, event.detail));
  const named = RolloutId.safeParse(`${undoId(data.rollout)}-99`).success;
  const id = data.id ?? (named ? await freeUndoId(store, data.rollout, execution) : event.id);
  const undone = stateOf(await store.load(data.rollout));
  const undo = undoOf(undone, event.time, data.requestedBy, data.reason);
  if (undo.type === "request" && undone.status === "admitted") {
    return { type: "asked", id, request: { ...undo.request, id }, undone };
  }
  const why = undone.status === "unknown" ? "no rollout has this id" : "reason" in undo && undo.reason;
  return unreadable(event, id, [`rollout is ${JSON.stringify(data.rollout)}; ${why}`]);
}

/** `ROLLOUT-undo`, numbered where that was refused: what was in the way may be gone by now. */
async function freeUndoId(store: Store, rollout: string, execution: string): Promise<string> {
  for (let n = 1; ; n += 1) {
    const id = n === 1 ? undoId(rollout) : `${undoId(rollout)}-${n}`;
    const first = await store.first(id);
    if (first === undefined || first.owner === execution) return id;
    if (stateOf(await store.load(id)).status !== "refused") return id;
  }
}

function unreadable({ detail }: AskedEvent, id: string, problems: readonly string[]): AskedRollout {
  const text = z.object({ service: z.string().catch("unknown"), candidate: z.string().catch("unknown") });
  const given = text.catch({ service: "unknown", candidate: "unknown" }).parse(detail);
  return { type: "unreadable", id, problems, given };
}

/** The request's own id, so that a repeated request is one rollout. */
const ownId = ({ detail }: AskedEvent) => z.object({ id: RolloutId }).safeParse(detail).data?.id;
