import * as z from "zod";
import { AwsError } from "../../aws-error.ts";
import type { Call } from "../../platform.ts";
import { unconfirmed } from "../unconfirmed.ts";
import type { ControlPlane } from "./control-plane.ts";
import { notFound } from "./errors.ts";

const LogGroups = z.object({ logGroups: z.array(z.object({ logGroupName: z.string() })) });

/**
 * Whether the account has the log group or bucket that access logs are to go to. Nobody here knows of delivery streams, nor of
 * buckets where a folder stands for them. Throws ResourceNotFoundException.
 */
export async function checkDestination(
  { platform, settings }: Pick<ControlPlane, "platform" | "settings">,
  { account, region }: Call,
  arn: string,
): Promise<void> {
  if (!unconfirmed.unknownDestinationRefused) return;
  const root = { type: "root", account, arn: `arn:aws:iam::${account}:root` } as const;
  const group = /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)/.exec(arn)?.[1];
  if (group !== undefined) {
    const asked = { logGroupNamePrefix: group };
    const { logGroups } = LogGroups.parse(
      await platform.call(root, "logs", "DescribeLogGroups", asked, region),
    );
    // The name is the first of all that begin with it.
    if (logGroups[0]?.logGroupName !== group) throw notFound("LOG_GROUP", group);
  }
  const bucket = /^arn:[^:]+:s3:::([^/]+)/.exec(arn)?.[1];
  if (bucket === undefined || settings.accessLogFolder !== undefined) return;
  await platform.call(root, "s3", "HeadBucket", { Bucket: bucket }, region).catch((error) => {
    throw error instanceof AwsError && error.status === 404 ? notFound("BUCKET", bucket) : error;
  });
}
