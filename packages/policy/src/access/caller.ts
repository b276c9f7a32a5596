import type { Principal } from "../access-request.ts";
import type { NamedPolicy } from "../evaluate.ts";

/** Who calls, and what its own policies are. */
export interface Caller {
  /** `role order`, `anonymous`, `account 222222222222`. */
  readonly name: string;
  readonly principal: Principal;
  readonly identity: Identity;
  /** Condition keys that belong to it, such as `aws:PrincipalTag/team`. */
  readonly context: Readonly<Record<string, string>>;
}

/**
 * `none`: nothing on the caller's side has to allow a call, as with unsigned ones. `unknown` is taken to allow, and so is the
 * `boundary` of what the policies may grant, the ARN of a policy.
 */
export type Identity =
  | { readonly type: "none"; readonly why: string }
  | { readonly type: "policies"; readonly policies: readonly NamedPolicy[]; readonly boundary?: string }
  | { readonly type: "unknown"; readonly why: string };

/** Whoever does not sign. */
export const anonymous: Caller = {
  name: "anonymous",
  principal: { type: "anonymous" },
  identity: { type: "none", why: "an unsigned call has no policies of its own" },
  context: {},
};
