import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { AwsError } from "../../../aws-error.ts";
import type { Platform } from "../../../platform.ts";
import { type Place, placeOf } from "../../control-plane/ownership.ts";
import type { AccessLogSubscription } from "../../control-plane/records.ts";
import type { LoggedRequest } from "./logged-request.ts";

/** Takes a batch of a subscription to its destination. */
export type DeliverLog = (subscription: AccessLogSubscription, requests: readonly LoggedRequest[]) => void;

const compress = promisify(gzip);

/**
 * Delivers to CloudWatch Logs, and to S3 as gzip files: into `folder`, or into the embedded S3 where it is not set; both are those of
 * the account that subscribed. `report` hears of a file that cannot be written. What has nowhere to go is dropped, as on AWS.
 */
export function deliverLog(
  platformOf: (place: Place) => Platform,
  folder: string | undefined,
  report: (fault: unknown) => void,
): DeliverLog {
  return (subscription, requests) => {
    const { arn, destinationArn, resourceId } = subscription;
    const platform = platformOf(placeOf(arn));
    const group = /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(destinationArn)?.[1];
    if (group !== undefined) {
      const stream = streamName(platform, resourceId);
      for (const request of requests) platform.log({ group, stream, at: request.at, message: request });
      return;
    }
    const [, bucket, prefix = ""] =
      /^arn:[^:]+:s3:::([a-z0-9][a-z0-9.-]*)(?:\/(.*))?$/.exec(destinationArn) ?? [];
    if (bucket === undefined) return;
    const done = platform.clock.busy();
    const key = objectKey(platform, resourceId, prefix);
    putObject(platform, folder, { bucket, key }, requests).catch(report).finally(done);
  };
}

async function putObject(
  { call, account }: Platform,
  folder: string | undefined,
  { bucket, key }: { readonly bucket: string; readonly key: string },
  requests: readonly LoggedRequest[],
): Promise<void> {
  const body = await compress(requests.map((request) => `${request}\n`).join(""));
  if (folder !== undefined) {
    const file = path.join(folder, bucket, key);
    await mkdir(path.dirname(file), { recursive: true });
    return writeFile(file, body);
  }
  // The bucket's owner, for there are no bucket policies here to allow it to the service.
  const caller = { type: "root", account, arn: `arn:aws:iam::${account}:root` } as const;
  await call(caller, "s3", "PutObject", { Bucket: bucket, Key: key, Body: body }).catch((error) => {
    if (!(error instanceof AwsError)) throw error;
  });
}

function streamName({ account, region }: Platform, resourceId: string): string {
  return `${account}_VpcLatticeAccessLogs_${region}_${resourceId}`;
}

/** https://docs.aws.amazon.com/vpc-lattice/latest/ug/monitoring-access-logs.html */
function objectKey(platform: Platform, resourceId: string, prefix: string): string {
  const { account, region, clock, hexId } = platform;
  const [date = "", time = ""] = new Date(clock.now()).toISOString().split("T");
  const minute = `${date.replaceAll("-", "")}T${time.slice(0, 5).replace(":", "")}Z`;
  const folders = [
    "AWSLogs",
    account,
    "VpcLattice",
    "AccessLogs",
    region,
    date.replaceAll("-", "/"),
    resourceId,
  ];
  const name = `${streamName(platform, resourceId)}_${minute}_${hexId(8)}.json.gz`;
  return [...prefix.split("/").filter((part) => !["", ".", ".."].includes(part)), ...folders, name].join("/");
}
