import { AwsError } from "../aws-error.ts";
import type { Platform } from "../platform.ts";

export interface StoredObject {
  readonly key: string;
  readonly size: number;
  /** Quoted, as HTTP has it. */
  readonly etag: string;
  readonly contentType: string;
  /** AWS time, milliseconds. */
  readonly modifiedAt: number;
  /** What its body is kept by. */
  readonly file: string;
}

/** Buckets and their objects. */
export interface Buckets {
  has(name: string): boolean;
  /** Throws BucketAlreadyOwnedByYou. */
  create(name: string): void;
  /** The objects of a bucket by key. Throws NoSuchBucket. */
  objects(name: string): ReadonlyMap<string, StoredObject>;
  /** Throws NoSuchBucket. */
  put(bucket: string, object: Omit<StoredObject, "size" | "file">, body: Uint8Array): void;
  delete(bucket: string, key: string): void;
  body(object: StoredObject): Uint8Array;
}

export function buckets({ storage, hexId }: Pick<Platform, "storage" | "hexId">): Buckets {
  const stored = storage.map<{ readonly name: string }>("s3.buckets");
  const bodies = storage.files("s3.bodies");
  const objectsOf = (name: string) => {
    if (stored.has(name)) return storage.map<StoredObject>(`s3.objects ${name}`);
    throw new AwsError("NoSuchBucket", "The specified bucket does not exist", 404);
  };
  return {
    has: (name) => stored.has(name),
    create(name) {
      if (stored.has(name)) {
        const message = "Your previous request to create the named bucket succeeded and you already own it.";
        throw new AwsError("BucketAlreadyOwnedByYou", message, 409);
      }
      stored.set(name, { name });
    },
    objects: objectsOf,
    put(bucket, object, body) {
      const objects = objectsOf(bucket);
      const before = objects.get(object.key);
      // A file of its own, so that the object is the old one or the new one at any moment.
      const file = hexId(32);
      bodies.write(file, body);
      objects.set(object.key, { ...object, size: body.byteLength, file });
      if (before !== undefined) queueMicrotask(() => bodies.remove(before.file));
    },
    delete(bucket, key) {
      const objects = objectsOf(bucket);
      const before = objects.get(key);
      objects.delete(key);
      if (before !== undefined) queueMicrotask(() => bodies.remove(before.file));
    },
    body: ({ file }) => bodies.read(file),
  };
}
