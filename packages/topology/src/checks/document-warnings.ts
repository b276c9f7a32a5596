import type { Sight } from "../plan/sight.ts";
import type { Warning } from "../plan/warning.ts";
import { exceededQuotas } from "./exceeded-quotas.ts";
import { idleGroups } from "./idle-groups.ts";
import { idleStatements } from "./idle-statements.ts";
import { shadowedRules } from "./shadowed-rules.ts";
import { uncertifiedDomains } from "./uncertified-domains.ts";

/** What a document says and hardly means, and what Lattice would only tell half-way through an apply. */
export const documentWarnings = (sight: Sight): Warning[] => [
  ...shadowedRules(sight.document),
  ...idleStatements(sight.document),
  ...idleGroups(sight),
  ...uncertifiedDomains(sight.document),
  ...exceededQuotas(sight),
];
