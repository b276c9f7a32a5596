import { Readable } from "node:stream";
import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { decodeAwsChunked } from "../../src/s3/aws-chunked.ts";
import { roleSettings, runningLocalAws } from "../running-local-aws.ts";

const Bucket = "sst-state-local";

async function bucket() {
  const { settings, ...rest } = await runningLocalAws();
  const client = new S3Client({ ...settings, forcePathStyle: true });
  const put = (Key: string, Body: string | Uint8Array | Readable = Key, more = {}) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
  const get = async (Key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return (await Body?.transformToString()) ?? "";
  };
  return { ...rest, settings, client, put, get };
}

describe("a bucket of the SST CLI", () => {
  test.for(["app/local.json", "with space & ä/+%2F=.json", "a//b/"])(
    "keeps an object under the key %s",
    async (key) => {
      const { client, put, get } = await bucket();
      await put(key, "whole");
      expect(await get(key)).toBe("whole");
      const { Contents } = await client.send(new ListObjectsV2Command({ Bucket }));
      expect(Contents?.map(({ Key, Size }) => [Key, Size])).toEqual([[key, 5]]);
    },
  );

  test("keeps every byte, streamed with trailing checksums too", async () => {
    const { client, put } = await bucket();
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => index % 256);
    await put("plain", bytes, { ContentType: "application/zip" });
    const halves = [bytes.subarray(0, 150_001), bytes.subarray(150_001)].map((half) => Buffer.from(half));
    await put("streamed", Readable.from(halves), {
      ContentLength: bytes.length,
      ChecksumAlgorithm: "CRC32",
    });
    for (const Key of ["plain", "streamed"]) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const found = await Body?.transformToByteArray();
      expect(Buffer.compare(Buffer.from(found ?? []), bytes), Key).toBe(0);
    }
    const head = await client.send(new HeadObjectCommand({ Bucket, Key: "plain" }));
    expect(head).toMatchObject({ ContentLength: 300_000, ContentType: "application/zip" });
  });

  test("tells missing objects and buckets", async () => {
    const { client, get } = await bucket();
    await expect(get("nothing")).rejects.toMatchObject({ name: "NoSuchKey" });
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: "nothing" }))).rejects.toMatchObject({
      name: "NotFound",
    });
    await expect(client.send(new ListObjectsV2Command({ Bucket: "nowhere" }))).rejects.toMatchObject({
      name: "NoSuchBucket",
    });
  });

  test("deletes, and does not mind deleting again", async () => {
    const { client, put, get } = await bucket();
    await put("a");
    await client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: "a" }));
    await expect(get("a")).rejects.toMatchObject({ name: "NoSuchKey" });
  });

  test("writes a lock only where there is none", async () => {
    const { put } = await bucket();
    await put("lock", "mine", { IfNoneMatch: "*" });
    await expect(put("lock", "theirs", { IfNoneMatch: "*" })).rejects.toMatchObject({
      name: "PreconditionFailed",
    });
  });

  test("lists folders and pages", async () => {
    const { client, put } = await bucket();
    for (const key of ["a/1", "a/2", "b/1", "c"]) await put(key);
    const page = (ContinuationToken?: string) =>
      client.send(new ListObjectsV2Command({ Bucket, Delimiter: "/", MaxKeys: 2, ContinuationToken }));
    const first = await page();
    expect(first.CommonPrefixes?.map(({ Prefix }) => Prefix)).toEqual(["a/", "b/"]);
    const second = await page(first.NextContinuationToken);
    expect(second.Contents?.map(({ Key }) => Key)).toEqual(["c"]);
    expect(second.IsTruncated).toBe(false);
  });

  test("is created once", async () => {
    const { client } = await bucket();
    const create = new CreateBucketCommand({ Bucket: "another" });
    await client.send(create);
    await expect(client.send(create)).rejects.toMatchObject({ name: "BucketAlreadyOwnedByYou" });
  });

  test("says so where something is not offered", async () => {
    const { client } = await bucket();
    const policy = new PutBucketPolicyCommand({ Bucket, Policy: "{}" });
    await expect(client.send(policy)).rejects.toMatchObject({ name: "NotImplemented" });
  });

  test("is closed to a role without permission and to a wrong secret", async () => {
    const { aws, settings } = await bucket();
    const list = new ListObjectsV2Command({ Bucket });
    const visitor = new S3Client({ ...roleSettings(aws, ["s3:GetObject"]), forcePathStyle: true });
    await expect(visitor.send(list)).rejects.toMatchObject({ name: "AccessDenied" });
    const credentials = { ...settings.credentials, secretAccessKey: "guessed" };
    const stranger = new S3Client({ ...settings, credentials, forcePathStyle: true });
    await expect(stranger.send(list)).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
  });
});

describe("aws-chunked coding", () => {
  test("is taken off, signatures and trailers with it", () => {
    const coded = "5;chunk-signature=00ff\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n";
    expect(decodeAwsChunked(Buffer.from(coded)).toString()).toBe("hello world");
  });

  test.for(["", "5", "5\r\nhell", "zz\r\n\r\n", "-1\r\n\r\n", "ffffffff\r\nx\r\n", "5\r\nhello\r\n"])(
    "is refused where it is torn: %j",
    (coded) => {
      expect(() => decodeAwsChunked(Buffer.from(coded))).toThrow("not in aws-chunked coding");
    },
  );
});
