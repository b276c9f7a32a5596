export { calledUrl, isMethod } from "./access/called-url.ts";
export { anonymous, type Caller, type Identity } from "./access/caller.ts";
export {
  type AccessAnswer,
  type AccessQuestion,
  checkAccess,
  type WayJudged,
} from "./access/check-access.ts";
export { type Expectation, readExpectations } from "./access/expectation.ts";
export { type GrantElsewhere, grantsElsewhere } from "./access/grants-elsewhere.ts";
export type { Layer } from "./access/judge.ts";
export { accessMatrix, type Cell } from "./access/matrix.ts";
export { type Misplaced, misplacedPolicy } from "./access/misplaced.ts";
export { policyDocuments } from "./access/policy-documents.ts";
export type { Guard, GuardedNetwork, GuardedService, Premises } from "./access/premises.ts";
export { canBeginWith } from "./access/rest-of-pattern.ts";
export { type Grant, type Missing, smallestGrant } from "./access/smallest-grant.ts";
export type { AccessRequest, Principal } from "./access-request.ts";
export { PolicyDocument, Statement } from "./document.ts";
export { type Decision, evaluate, type NamedPolicy } from "./evaluate.ts";
export { type Explanation, explain, type Needed, type StatementExplained, type Unmet } from "./explain.ts";
export { explanationText } from "./explanation-text.ts";
export { PolicyError, parsePolicy, readPolicy } from "./parse-policy.ts";
export { type CutOff, cutOff } from "./seen/cut-off.ts";
export { namedPrincipals } from "./seen/named-principals.ts";
export type { Seen } from "./seen/seen-request.ts";
export { type Suggestion, suggestPolicy } from "./seen/suggest.ts";
export { type Tally, tally } from "./seen/tally.ts";
export { type Unused, unusedGrants } from "./seen/unused.ts";
