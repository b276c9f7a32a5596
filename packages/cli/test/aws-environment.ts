import type { LocalAws } from "@espalier/local-aws";
import type { Deployment } from "../src/deployment.ts";

/** Has this process's SDK clients talk to an embedded AWS. What it answers ends that. */
export function talkTo({ endpoint, region, credentials }: LocalAws): () => void {
  const before = process.env;
  process.env = {
    ...before,
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    ESPALIER_STAGE: "test",
  };
  return () => {
    process.env = before;
  };
}

/** Writes down where the stage "test" lives, as its stack does; what is not given is nowhere. */
export async function writeOutputs(aws: LocalAws, outputs: Partial<Deployment>): Promise<void> {
  const nowhere: Deployment = {
    ...{ bus: "none", table: "none", rolloutStateMachine: "none", provisionStateMachine: "none" },
    ...{ busArn: "none", scheduleGroup: "none", scheduleRole: "none", undelivered: "none" },
  };
  await aws.call("ssm", "PutParameter", {
    Name: "/espalier/test/outputs",
    Type: "String",
    Value: JSON.stringify({ ...nowhere, ...outputs }),
  });
}
