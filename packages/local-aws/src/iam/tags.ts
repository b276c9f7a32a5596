import { AwsError } from "../aws-error.ts";

/** Tags by their keys. */
export type Tags = Readonly<Record<string, string>>;

interface Tag {
  readonly Key: string | undefined;
  readonly Value: string | undefined;
}

const mostTags = 50;
const letters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u;

/**
 * The tags of a request. Throws AwsError where there are too many or a key comes twice, in whatever case.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules
 */
export function tagsOf(given: readonly Tag[] | undefined): Tags {
  const tags = (given ?? []).map(({ Key = "", Value = "" }) => [Key, Value] as const);
  for (const [key, value] of tags) {
    if (!letters.test(key) || !within(key, 1, 128)) throw invalid(`the tag key "${key}"`, "1 to 128");
    if (!letters.test(value) || !within(value, 0, 256))
      throw invalid(`the value of the tag ${key}, "${value}",`, "up to 256");
  }
  if (new Set(tags.map(([key]) => key.toLowerCase())).size < tags.length) {
    const message = "Duplicate tag keys found. Please note that Tag keys are case insensitive.";
    throw new AwsError("InvalidInputException", message);
  }
  return withinLimit(Object.fromEntries(tags));
}

/** These tags, unless a principal cannot have so many. Throws LimitExceededException. */
export function withinLimit(tags: Tags): Tags {
  if (Object.keys(tags).length <= mostTags) return tags;
  throw new AwsError(
    "LimitExceededException",
    `The number of tags has reached the maximum limit of ${mostTags}.`,
    409,
  );
}

/** `tags` with `more`, which replace those of the same key in any case. */
export function withTags(tags: Tags, more: Tags): Tags {
  return { ...withoutTags(tags, Object.keys(more)), ...more };
}

/** `tags` without those of these keys, in any case. */
export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  const gone = new Set(keys.map((key) => key.toLowerCase()));
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !gone.has(key.toLowerCase())));
}

/** Tags as IAM shows them. */
export function tagList(tags: Tags = {}): { Key: string; Value: string }[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as condition keys: `aws:PrincipalTag/team` and the like. */
export function tagKeys(kind: "PrincipalTag" | "RequestTag" | "ResourceTag", tags: Tags = {}): Tags {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:${kind}/${key}`, value]));
}

/** The condition keys that the tags of a request set. */
export function requestTagKeys(given: readonly Tag[] = []): Record<string, string | string[]> {
  if (given.length === 0) return {};
  const tags = Object.fromEntries(given.map(({ Key = "", Value = "" }) => [Key, Value]));
  return { ...tagKeys("RequestTag", tags), "aws:TagKeys": Object.keys(tags) };
}

function within(text: string, least: number, most: number): boolean {
  return text.length >= least && text.length <= most;
}

function invalid(what: string, length: string): AwsError {
  const message = `${what} does not fit: it is ${length} letters, digits, spaces and _.:/=+-@`;
  return new AwsError("ValidationException", message);
}
