/**
 * An error as an AWS service reports it. `code` is the name that SDK clients raise (`ValidationException`), `status` the
 * HTTP status, `members` further fields of its shape (`reason`, `resourceId`).
 */
export class AwsError extends Error {
  override readonly name = "AwsError";
  readonly code: string;
  readonly status: number;
  readonly members: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    status = 400,
    members: Readonly<Record<string, unknown>> = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.code = code;
    this.status = status;
    this.members = members;
  }
}
