import { identifier } from "./identifier.ts";

/** What names a rule. */
export const ruleIdentifiers = {
  serviceIdentifier: identifier.service,
  listenerIdentifier: identifier.listener,
  ruleIdentifier: identifier.rule,
};
