import type { HistoryEvent } from "@aws-sdk/client-sfn";
import type { KeptList } from "../../storage/storage.ts";
import type { Doing, Mark, Tries } from "./mark.ts";

/** One thing that an execution writes down. `strand` is the place of a strand: `/0/3` is branch 3 within branch 0. */
export type ProgressEntry =
  | { readonly type: "event"; readonly strand: string; readonly event: HistoryEvent }
  | { readonly type: "mark"; readonly strand: string; readonly mark: Mark }
  | { readonly type: "doing"; readonly strand: string; readonly doing: Doing; readonly tries: Tries }
  | { readonly type: "branches-forgotten"; readonly strand: string };

/** What a strand writes down so that another process can go on with it. */
export interface Progress {
  /** Where it was when the process before ended; undefined for one that has not begun. */
  readonly past: Mark | undefined;
  /** The last event that it recorded in the execution's history, in any process. */
  readonly lastEvent: number | undefined;
  /** It is here now, and no branch of it runs. */
  mark(mark: Mark): void;
  /** The state that it has entered is doing this now. */
  doing(doing: Doing, tries: Tries): void;
  recorded(event: HistoryEvent): void;
  /** Its branches begin anew. */
  forgetBranches(): void;
  branch(index: number): Progress;
}

/** What the entries of an execution add up to. */
export interface PastProgress {
  readonly events: HistoryEvent[];
  readonly marks: Map<string, Mark>;
  readonly lastEvents: Map<string, number>;
}

export function pastProgress(entries: readonly ProgressEntry[]): PastProgress {
  const past: PastProgress = { events: [], marks: new Map(), lastEvents: new Map() };
  for (const entry of entries) {
    const { strand } = entry;
    switch (entry.type) {
      case "event":
        past.events.push(entry.event);
        past.lastEvents.set(strand, entry.event.id ?? 0);
        break;
      case "mark":
        forgetBelow(past.marks, strand);
        past.marks.set(strand, entry.mark);
        break;
      case "doing": {
        const mark = past.marks.get(strand);
        if (mark?.type !== "entered") break;
        past.marks.set(strand, { ...mark, doing: entry.doing, tries: entry.tries });
        break;
      }
      case "branches-forgotten":
        forgetBelow(past.marks, strand);
    }
  }
  return past;
}

/** The progress of an execution's own strand, written to `list`. */
export function progressOf(list: KeptList<ProgressEntry>, past: PastProgress, strand = ""): Progress {
  const { marks, lastEvents } = past;
  return {
    past: marks.get(strand),
    lastEvent: lastEvents.get(strand),
    mark(mark) {
      marks.delete(strand);
      forgetBelow(marks, strand);
      list.append({ type: "mark", strand, mark });
    },
    doing: (doing, tries) => list.append({ type: "doing", strand, doing, tries }),
    recorded: (event) => list.append({ type: "event", strand, event }),
    forgetBranches() {
      forgetBelow(marks, strand);
      list.append({ type: "branches-forgotten", strand });
    },
    branch: (index) => progressOf(list, past, `${strand}/${index}`),
  };
}

function forgetBelow(marks: Map<string, Mark>, strand: string): void {
  for (const place of marks.keys()) if (place.startsWith(`${strand}/`)) marks.delete(place);
}
