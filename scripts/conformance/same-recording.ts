import { isDeepStrictEqual } from "node:util";

const placeholders = ["timestamp", "date", "uuid", "time"];
const unrepeatable = [
  "SdkHttpMetadata",
  "SdkResponseMetadata",
  "Execution",
  "StateMachine",
  "EnteredTime",
  "StartTime",
  "RedriveCount",
  "requestId",
  "stackTrace",
];

/**
 * Whether a value equals a recorded one. Recordings have placeholders for what changes from run to run: text in angle
 * brackets, a few bare words, and members such as request ids, stack traces and the SDK's metadata.
 */
export function sameRecording(recorded: unknown, actual: unknown): boolean {
  if (typeof recorded === "string") return sameText(recorded, actual);
  if (typeof recorded !== "object" || recorded === null || typeof actual !== "object" || actual === null)
    return Object.is(recorded, actual);
  const [expected, given] = [members(recorded), members(actual)];
  return (
    Array.isArray(recorded) === Array.isArray(actual) &&
    isDeepStrictEqual([...expected.keys()].sort(), [...given.keys()].sort()) &&
    [...expected].every(([key, value]) => sameRecording(value, given.get(key)))
  );
}

function members(value: object): Map<string, unknown> {
  return new Map(Object.entries(value).filter(([key]) => !unrepeatable.includes(key)));
}

function sameText(recorded: string, actual: unknown): boolean {
  if (placeholders.includes(recorded) || /^<[^>]*>$/.test(recorded) || recorded === actual) return true;
  if (typeof actual !== "string" || !recorded.startsWith("{")) return false;
  try {
    // A Cause is JSON text that has placeholders of its own.
    return sameRecording(JSON.parse(recorded), JSON.parse(actual));
  } catch {
    return false;
  }
}
