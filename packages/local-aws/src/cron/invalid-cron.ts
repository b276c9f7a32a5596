/** A cron expression that AWS would refuse; the message names the field. */
export class InvalidCron extends Error {
  override readonly name = "InvalidCron";

  constructor(field: string, reason: string) {
    super(`${field}: ${reason}`);
  }
}
