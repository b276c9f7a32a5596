import type { LocalAws, OtherAccount, ServiceName } from "@espalier/local-aws";

/** One account of the embedded AWS, as its root sees it. */
export interface Account extends OtherAccount {
  /** Throws AwsError. */
  // biome-ignore lint/suspicious/noExplicitAny: the output is the SDK's, named by the operation; callers name its type.
  call(service: ServiceName, operation: string, input: unknown): Promise<any>;
}

/** The account with this number, opened where it is not there yet. */
export function accountIn(aws: LocalAws, account: string): Account {
  const root = { type: "root", account, arn: `arn:aws:iam::${account}:root` } as const;
  return {
    ...aws.inAccount(account),
    call: (service, operation, input) => aws.callAs(root, service, operation, input),
  };
}
