import type { Operation } from "../platform.ts";
import type { Buckets, StoredObject } from "./buckets.ts";

interface Input {
  readonly Bucket: string;
  readonly Prefix?: string;
  readonly Delimiter?: string;
  readonly MaxKeys?: number;
  readonly ContinuationToken?: string;
}

export interface ObjectListing {
  readonly Name: string;
  readonly Prefix: string;
  readonly KeyCount: number;
  readonly MaxKeys: number;
  readonly IsTruncated: boolean;
  readonly NextContinuationToken?: string;
  readonly Contents: readonly StoredObject[];
  readonly CommonPrefixes: readonly string[];
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjects(all: Buckets): Operation<Input, ObjectListing> {
  return {
    permissions: ({ Bucket }) => [{ action: "s3:ListBucket", resource: `arn:aws:s3:::${Bucket}` }],
    run({ Bucket, Prefix = "", Delimiter = "", MaxKeys = 1000, ContinuationToken = "" }) {
      const objects = [...all.objects(Bucket).values()]
        .filter(({ key }) => key.startsWith(Prefix))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const folderOf = (key: string) => {
        const end = Delimiter === "" ? -1 : key.indexOf(Delimiter, Prefix.length);
        return end < 0 ? undefined : key.slice(0, end + Delimiter.length);
      };
      const entries = new Map<string, StoredObject | undefined>();
      for (const object of objects) {
        const folder = folderOf(object.key);
        entries.set(folder ?? object.key, folder === undefined ? object : undefined);
      }
      const rest = [...entries].filter(([name]) => name > ContinuationToken);
      const page = rest.slice(0, Math.min(MaxKeys, 1000));
      const last = page.at(-1)?.[0];
      const more = rest.length > page.length && last !== undefined;
      return {
        Name: Bucket,
        Prefix,
        KeyCount: page.length,
        MaxKeys,
        IsTruncated: more,
        ...(more ? { NextContinuationToken: last } : {}),
        Contents: page.flatMap(([, object]) => object ?? []),
        CommonPrefixes: page.flatMap(([name, object]) => (object === undefined ? [name] : [])),
      };
    },
  };
}
