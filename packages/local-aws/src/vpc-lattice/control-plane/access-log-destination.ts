import { conflict, invalid } from "./errors.ts";
import type { AccessLogSubscription } from "./records.ts";
import type { Store } from "./store.ts";

/** The kinds of place an access log can go to. */
type Kind = "logs" | "s3" | "firehose";

/** The destination as it is kept and shown: a log group's ARN ends in `:*`. Throws ValidationException. */
export function writtenDestination(arn: string): string {
  return kindOf(arn) === "logs" && !arn.endsWith(":*") ? `${arn}:*` : arn;
}

/** A resource has one subscription of each kind. Throws ConflictException; `own` is the one that changes. */
export function checkOnlyOfKind(store: Store, resourceId: string, arn: string, own?: string): void {
  const kind = kindOf(arn);
  const other = store.accessLogSubscriptions.find(
    (each) => each.resourceId === resourceId && each.id !== own && kindOf(each.destinationArn) === kind,
  );
  if (other === undefined) return;
  const message = `${resourceId} already has an access log subscription to ${other.destinationArn}`;
  throw conflict("ACCESS_LOG_SUBSCRIPTION", other.id, message);
}

/** A subscription may move, but not to another kind of place. Throws ConflictException. */
export function checkSameKind({ id, destinationArn }: AccessLogSubscription, arn: string): void {
  if (kindOf(destinationArn) === kindOf(arn)) return;
  const message = `The destination of ${id} cannot become one of another type; make another subscription for it`;
  throw conflict("ACCESS_LOG_SUBSCRIPTION", id, message);
}

function kindOf(arn: string): Kind {
  if (/^arn:[^:]+:logs:[^:]*:\d{12}:log-group:[^:]+(?::\*)?$/.test(arn)) return "logs";
  if (/^arn:[^:]+:s3:::[a-z0-9][a-z0-9.-]*(?:\/.*)?$/.test(arn)) return "s3";
  if (/^arn:[^:]+:firehose:[^:]*:\d{12}:deliverystream\/.+$/.test(arn)) return "firehose";
  throw invalid({
    name: "destinationArn",
    message: "Member must be the ARN of a log group, a bucket or a Firehose delivery stream",
  });
}
