import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns, idOf } from "../identifiers.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { anyResource } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { page } from "../shapes/members.ts";
import { accessLogSubscriptionView } from "../views/access-log-subscription.ts";

const Input = z.object({ resourceIdentifier: identifier.guarded, ...page });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListAccessLogSubscriptions.html */
export function listAccessLogSubscriptions({ store }: ControlPlane) {
  return operation(Input, {
    permissions: () => anyResource("ListAccessLogSubscriptions"),
    subjects: (input, call) => [arns(call).guarded(input.resourceIdentifier)],
    run: (input) => {
      // Not found is none of this operation's errors.
      const id = idOf(input.resourceIdentifier);
      const all = store.accessLogSubscriptions.filter(({ resourceId }) => resourceId === id);
      const { records, nextToken } = pageOf(all, ({ id }) => id, input);
      return { items: records.map(accessLogSubscriptionView), nextToken };
    },
  });
}
