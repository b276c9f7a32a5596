import { afterEach } from "vitest";
import { type LocalAws, type LocalAwsOptions, manualClock, startLocalAws } from "../src/index.ts";

const running: LocalAws[] = [];

afterEach(async () => {
  for (const aws of running.splice(0)) await aws.close();
});

/** A local AWS on a clock that stands still, closed after the test; with the settings of a client of its root. */
export async function runningLocalAws(options: LocalAwsOptions = {}) {
  const clock = manualClock();
  const aws = await startLocalAws({ clock, seed: 1, ...options });
  running.push(aws);
  return { aws, clock, settings: clientSettings(aws, aws.credentials) };
}

export function clientSettings(aws: LocalAws, credentials: LocalAws["credentials"]) {
  return { endpoint: aws.endpoint, region: aws.region, credentials, maxAttempts: 1 };
}

/** The settings of a client that has assumed a new role which may do `actions` on `resource`. */
export function roleSettings(aws: LocalAws, actions: readonly string[], resource = "*") {
  const role = aws.iam.putRole({
    name: "visitor",
    trust: { Statement: { Effect: "Allow", Principal: { AWS: aws.account }, Action: "sts:AssumeRole" } },
    policies:
      actions.length === 0
        ? {}
        : { own: { Statement: { Effect: "Allow", Action: [...actions], Resource: resource } } },
  });
  const caller = aws.iam.assume(role.arn, "session", aws.iam.root.caller);
  return clientSettings(aws, aws.iam.credentialsOf(caller));
}
