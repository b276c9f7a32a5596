import * as z from "zod";
import { seededChance } from "../chance.ts";
import { Fault, type FaultInput } from "./fault.ts";
import { type Complaint, InvalidFault } from "./invalid-fault.ts";

/** A fault that is arranged, how often it could have struck, and how often it did. */
export type ArrangedFault = Fault & { readonly seen: number; readonly struck: number };

/** The door to faults: what is arranged here goes wrong, in the order in which it is arranged. */
export interface Faults {
  /** Adds one or several. Throws InvalidFault, which names the fields, and arranges none. */
  arrange(faults: FaultInput | readonly FaultInput[]): readonly ArrangedFault[];
  list(): readonly ArrangedFault[];
  clear(): void;
}

/** A fault that strikes now, with its own chance in [0, 1) for what else is left to it. */
export interface Strike<Kind extends Fault> {
  readonly fault: Kind;
  readonly random: () => number;
}

/** The faults as those who suffer them ask for them. */
export interface FaultBook extends Faults {
  /**
   * The first fault of those that apply which strikes now. What has a `key` was struck or spared once and for all when its key was
   * first seen.
   */
  strike<Kind extends Fault>(
    applies: (fault: Fault) => fault is Kind,
    key?: string,
  ): Strike<Kind> | undefined;
}

interface Entry {
  readonly fault: Fault;
  readonly random: () => number;
  /** By key, whether it struck. */
  readonly decided: Map<string, boolean>;
  seen: number;
  struck: number;
}

/** Keys that a fault remembers; the oldest are forgotten. */
const mostKeys = 10_000;

/** `complaint` says what is wrong with a fault that is well formed, with the field in front. */
export function createFaults(complaint: (fault: Fault) => Complaint | undefined): FaultBook {
  let entries: Entry[] = [];
  return {
    arrange(faults) {
      const added = parse(faults, complaint).map((fault): Entry => {
        const { random } = seededChance(fault.seed);
        return { fault, random, decided: new Map(), seen: 0, struck: 0 };
      });
      entries = [...entries, ...added];
      return added.map(shown);
    },
    list: () => entries.map(shown),
    clear() {
      entries = [];
    },
    strike(applies, key) {
      for (const entry of entries) {
        const { fault, random } = entry;
        if (applies(fault) && strikes(entry, key)) return { fault, random };
      }
      return undefined;
    },
  };
}

function parse(
  faults: FaultInput | readonly FaultInput[],
  complaint: (fault: Fault) => Complaint | undefined,
): readonly Fault[] {
  const several = Array.isArray(faults);
  const parsed = z.array(Fault).safeParse(several ? faults : [faults]);
  const path = (parts: readonly PropertyKey[]) => parts.slice(several ? 0 : 1).join(".");
  if (!parsed.success) {
    throw new InvalidFault(
      parsed.error.issues.map((issue) => ({ field: path(issue.path), message: issue.message })),
    );
  }
  const complaints = parsed.data.flatMap((fault, index) => {
    const found = complaint(fault);
    return found === undefined ? [] : [{ ...found, field: path([index, found.field]) }];
  });
  if (complaints.length > 0) throw new InvalidFault(complaints);
  return parsed.data;
}

function strikes(entry: Entry, key: string | undefined): boolean {
  const known = key === undefined ? undefined : entry.decided.get(key);
  if (known !== undefined) return known;
  const { count = Number.POSITIVE_INFINITY, after, probability } = entry.fault;
  entry.seen += 1;
  const struck = entry.seen > after && entry.struck < count && entry.random() < probability;
  if (struck) entry.struck += 1;
  if (key !== undefined) remember(entry.decided, key, struck);
  return struck;
}

function remember(decided: Map<string, boolean>, key: string, struck: boolean): void {
  decided.set(key, struck);
  const [oldest] = decided.keys();
  if (decided.size > mostKeys && oldest !== undefined) decided.delete(oldest);
}

const shown = ({ fault, seen, struck }: Entry): ArrangedFault => ({ ...fault, seen, struck });
