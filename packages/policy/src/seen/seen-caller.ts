import type { Caller } from "../access/caller.ts";
import { anonymous } from "../access/caller.ts";

/**
 * Who a caller of an access log is: the role of `known` with its account and name, since a session's ARN leaves a role's path
 * out, else as the log has it. Its own policies are not asked: the log says that they allowed.
 */
export function seenCaller(arn: string, known: readonly string[] = []): Caller {
  if (!arn.startsWith("arn:")) return anonymous;
  const role = known.find((other) => withoutPath(other) === arn) ?? arn;
  const account = role.split(":")[4] ?? "";
  const isRole = role.includes(":role/");
  return {
    name: isRole ? `role ${role.slice(role.lastIndexOf("/") + 1)}` : role,
    principal: { type: "aws", arn: role, account, ...(isRole ? { roleArn: role } : {}) },
    identity: { type: "none", why: "its own policies allowed what the access log shows" },
    context: {},
  };
}

const withoutPath = (arn: string) => arn.replace(/:role\/.*\//, ":role/");
