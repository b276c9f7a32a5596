type Entries = readonly Readonly<Record<string, unknown>>[];
type Answer = Readonly<Record<string, unknown>>;

/** An operation that answers entry by entry, and how it says that some have failed. */
interface PartialOperation {
  /** The member of the input that lists the entries. */
  readonly member: string;
  merge(answer: Answer, entries: Entries, failed: ReadonlySet<number>): Answer;
}

const message = "An internal error occurred. Retry your request.";

/** By `service:operation`. */
const partialOperations: Readonly<Record<string, PartialOperation>> = {
  "events:PutEvents": {
    member: "Entries",
    merge: ({ Entries: taken = [], FailedEntryCount = 0 }, entries, failed) => {
      const rest = [...(taken as Entries)];
      return {
        Entries: entries.map((_, index) =>
          failed.has(index) ? { ErrorCode: "InternalFailure", ErrorMessage: message } : rest.shift(),
        ),
        FailedEntryCount: Number(FailedEntryCount) + failed.size,
      };
    },
  },
  "events:PutTargets": {
    member: "Targets",
    merge: ({ FailedEntries = [], FailedEntryCount = 0 }, entries, failed) => ({
      FailedEntries: [
        ...(FailedEntries as Entries),
        ...pick(entries, failed).map(({ Id }) => ({
          TargetId: Id,
          ErrorCode: "InternalException",
          ErrorMessage: message,
        })),
      ],
      FailedEntryCount: Number(FailedEntryCount) + failed.size,
    }),
  },
  "vpc-lattice:BatchUpdateRule": {
    member: "rules",
    merge: ({ successful = [], unsuccessful = [] }, entries, failed) => ({
      successful,
      unsuccessful: [
        ...(unsuccessful as Entries),
        ...pick(entries, failed).map(({ ruleIdentifier }) => ({
          ruleIdentifier,
          failureCode: "InternalServerException",
          failureMessage: message,
        })),
      ],
    }),
  },
};

/** `service:operation` of each operation that can succeed in part. */
export const partialNames: readonly string[] = Object.keys(partialOperations);

/**
 * Does what is asked for but for some entries: at least one fails, and of several at least one does not. Throws AwsError where the
 * operation itself does.
 */
export async function partially(
  name: string,
  input: unknown,
  random: () => number,
  run: (input: unknown) => Promise<unknown>,
): Promise<unknown> {
  const operation = partialOperations[name];
  const entries = (input as Record<string, unknown>)[operation?.member ?? ""];
  if (operation === undefined || !Array.isArray(entries) || entries.length === 0) return await run(input);
  const failed = some(entries.length, random);
  const rest = entries.filter((_, index) => !failed.has(index));
  const answer = rest.length === 0 ? {} : await run({ ...(input as object), [operation.member]: rest });
  return operation.merge((answer ?? {}) as Answer, entries, failed);
}

function some(length: number, random: () => number): ReadonlySet<number> {
  const first = Math.floor(random() * length);
  const spared = (first + 1 + Math.floor(random() * (length - 1))) % length;
  const others = Array.from({ length }, (_, index) => index).filter(() => random() < 0.5);
  return new Set([...others.filter((index) => index !== spared), first]);
}

const pick = (entries: Entries, indices: ReadonlySet<number>) =>
  entries.filter((_, index) => indices.has(index));
