import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";

/** Credentials of a role, as clients of the SDK take them: they ask again before these expire. */
export function assumedRole(sts: STSClient, role: string) {
  return async () => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: role, RoleSessionName: "espalier" }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
      throw new Error(`no credentials of ${role} were given`);
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };
}
