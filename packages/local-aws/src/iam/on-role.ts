import { AwsError } from "../aws-error.ts";
import type { Operation, Permission } from "../platform.ts";
import type { Role } from "./role.ts";
import { tagKeys } from "./tags.ts";

/** The roles of an account, to be found by name. */
export interface RolesByName {
  readonly account: string;
  get(name: string): Role | undefined;
}

/**
 * Makes operations on one role, which throw NoSuchEntityException where it is not there to whoever may ask; `contextOf` tells the
 * condition keys of a call besides the role's tags.
 */
export function onRole(roles: RolesByName) {
  return <Input extends { RoleName: string | undefined }, Output>(
    action: string,
    run: (role: Role, input: Input) => Output,
    contextOf: (input: Input) => NonNullable<Permission["context"]> = () => ({}),
  ): Operation<Input, Output> => ({
    permissions(input) {
      const { RoleName = "" } = input;
      const context = { ...tagKeys("ResourceTag", roles.get(RoleName)?.tags), ...contextOf(input) };
      return [{ action: `iam:${action}`, resource: arnOf(roles, RoleName), context }];
    },
    run(input) {
      const { RoleName = "" } = input;
      const role = roles.get(RoleName);
      if (role !== undefined) return run(role, input);
      throw new AwsError("NoSuchEntityException", `The role with name ${RoleName} cannot be found.`, 404);
    },
  });
}

/** The ARN of a role, or the one that it would have. */
export function arnOf(roles: RolesByName, name: string): string {
  return roles.get(name)?.arn ?? `arn:aws:iam::${roles.account}:role/${name}`;
}
