import { createHash } from "node:crypto";
import { AwsError } from "../aws-error.ts";
import type { Operation, Platform, Service } from "../platform.ts";
import { type Buckets, buckets } from "./buckets.ts";
import { listObjects } from "./list-objects.ts";

/** The buckets that the parameter `/sst/bootstrap` names. */
const bootstrapBuckets = ["sst-asset-local", "sst-state-local"];

/** S3 as far as the SST CLI needs it: whole objects, by path-style addresses. */
export function createS3(platform: Platform): Service {
  const all = buckets(platform);
  for (const name of bootstrapBuckets) if (!all.has(name)) all.create(name);
  return {
    name: "s3",
    operations: {
      CreateBucket: createBucket(all),
      DeleteObject: deleteObject(all),
      GetObject: getObject(all, "GetObject"),
      HeadBucket: headBucket(all),
      HeadObject: getObject(all, "HeadObject"),
      ListObjectsV2: listObjects(all),
      PutObject: putObject(all, platform),
    },
  };
}

interface BucketInput {
  readonly Bucket: string;
}

interface ObjectInput extends BucketInput {
  readonly Key: string;
}

export interface GetObjectOutput {
  readonly Body: Uint8Array;
  readonly ETag: string;
  readonly ContentType: string;
  readonly LastModified: Date;
}

function createBucket(all: Buckets): Operation<BucketInput, object> {
  return {
    permissions: ({ Bucket }) => [{ action: "s3:CreateBucket", resource: `arn:aws:s3:::${Bucket}` }],
    run({ Bucket }) {
      all.create(Bucket);
      return {};
    },
  };
}

function headBucket(all: Buckets): Operation<BucketInput, object> {
  return {
    permissions: ({ Bucket }) => [{ action: "s3:ListBucket", resource: `arn:aws:s3:::${Bucket}` }],
    run({ Bucket }) {
      all.objects(Bucket);
      return {};
    },
  };
}

interface PutObjectInput extends ObjectInput {
  readonly Body?: Uint8Array;
  readonly ContentType?: string;
  /** `*`: only if there is no such object. */
  readonly IfNoneMatch?: string;
}

function putObject(all: Buckets, { clock }: Platform): Operation<PutObjectInput, { ETag: string }> {
  return {
    permissions: ({ Bucket, Key }) => [{ action: "s3:PutObject", resource: `arn:aws:s3:::${Bucket}/${Key}` }],
    run({ Bucket, Key, Body = new Uint8Array(), ContentType = "binary/octet-stream", IfNoneMatch }) {
      const objects = all.objects(Bucket);
      if (IfNoneMatch === "*" && objects.has(Key)) {
        const message = "At least one of the pre-conditions you specified did not hold";
        throw new AwsError("PreconditionFailed", message, 412);
      }
      const etag = `"${createHash("md5").update(Body).digest("hex")}"`;
      all.put(Bucket, { key: Key, etag, contentType: ContentType, modifiedAt: clock.now() }, Body);
      return { ETag: etag };
    },
  };
}

function getObject(all: Buckets, name: "GetObject" | "HeadObject"): Operation<ObjectInput, GetObjectOutput> {
  return {
    permissions: ({ Bucket, Key }) => [{ action: "s3:GetObject", resource: `arn:aws:s3:::${Bucket}/${Key}` }],
    run({ Bucket, Key }) {
      const found = all.objects(Bucket).get(Key);
      if (found === undefined) {
        const code = name === "GetObject" ? "NoSuchKey" : "NotFound";
        throw new AwsError(code, "The specified key does not exist.", 404);
      }
      return {
        Body: all.body(found),
        ETag: found.etag,
        ContentType: found.contentType,
        LastModified: new Date(found.modifiedAt),
      };
    },
  };
}

function deleteObject(all: Buckets): Operation<ObjectInput, object> {
  return {
    permissions: ({ Bucket, Key }) => [
      { action: "s3:DeleteObject", resource: `arn:aws:s3:::${Bucket}/${Key}` },
    ],
    run({ Bucket, Key }) {
      all.delete(Bucket, Key);
      return {};
    },
  };
}
