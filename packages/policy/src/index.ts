export type { AccessRequest, Principal } from "./access-request.ts";
export { PolicyDocument, Statement } from "./document.ts";
export { type Decision, evaluate, type NamedPolicy } from "./evaluate.ts";
export { PolicyError, parsePolicy, readPolicy } from "./parse-policy.ts";
