/** The account and region for which a program is recorded. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

/** An ARN at a place: `arnAt(place, "sqs", "name")`. */
export function arnAt({ account, region }: Place, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}
