export type { AccessRequest, Principal } from "./access-request.ts";
export { PolicyDocument, Statement } from "./document.ts";
export { type Decision, evaluate, type NamedPolicy } from "./evaluate.ts";
export { type Explanation, explain, type Needed, type StatementExplained, type Unmet } from "./explain.ts";
export { explanationText } from "./explanation-text.ts";
export { PolicyError, parsePolicy, readPolicy } from "./parse-policy.ts";
