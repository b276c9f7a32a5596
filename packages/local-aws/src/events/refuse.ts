import { AwsError } from "../aws-error.ts";

/** Throws the ValidationException that EventBridge and Scheduler answer to a parameter they refuse. */
export function refuse(message: string): never {
  throw new AwsError("ValidationException", message);
}

/** Throws unless `value` has at most `longest` characters and only those that names may have. */
export function checkName(member: string, value: string, longest: number): void {
  if (!/^[.\-_A-Za-z0-9]+$/.test(value)) {
    refuse(
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+`,
    );
  }
  if (value.length > longest) {
    refuse(
      `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${longest}`,
    );
  }
}
