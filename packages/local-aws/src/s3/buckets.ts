import { AwsError } from "../aws-error.ts";

export interface StoredObject {
  readonly key: string;
  readonly body: Uint8Array;
  /** Quoted, as HTTP has it. */
  readonly etag: string;
  readonly contentType: string;
  /** AWS time, milliseconds. */
  readonly modifiedAt: number;
}

/** Buckets and their objects, in memory. */
export interface Buckets {
  /** Throws BucketAlreadyOwnedByYou. */
  create(name: string): void;
  /** The objects of a bucket by key. Throws NoSuchBucket. */
  objects(name: string): Map<string, StoredObject>;
}

export function buckets(): Buckets {
  const stored = new Map<string, Map<string, StoredObject>>();
  return {
    create(name) {
      if (stored.has(name)) {
        const message = "Your previous request to create the named bucket succeeded and you already own it.";
        throw new AwsError("BucketAlreadyOwnedByYou", message, 409);
      }
      stored.set(name, new Map());
    },
    objects(name) {
      const found = stored.get(name);
      if (found === undefined) throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
      return found;
    },
  };
}
