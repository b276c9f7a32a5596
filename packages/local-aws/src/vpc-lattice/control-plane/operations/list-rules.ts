import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { anyResource } from "../permission.ts";
import { pick } from "../pick.ts";
import type { Rule } from "../records.ts";
import { identifier } from "../shapes/identifier.ts";
import { page } from "../shapes/members.ts";
import { ruleView } from "../views/rule.ts";

const Input = z.object({
  serviceIdentifier: identifier.service,
  listenerIdentifier: identifier.listener,
  ...page,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListRules.html */
export function listRules({ store }: ControlPlane) {
  return operation(Input, {
    permissions: () => anyResource("ListRules"),
    subjects: (input, call) => [arns(call).listener(input.serviceIdentifier, input.listenerIdentifier)],
    run: (input) => {
      const listener = lookup(store).listener(input.serviceIdentifier, input.listenerIdentifier);
      const rules = store.rules.filter(({ listenerId }) => listenerId === listener.id);
      const { records, nextToken } = pageOf(rules, byPriority, input);
      const items = records.map((rule) =>
        pick(ruleView(rule), "id", "arn", "name", "isDefault", "priority", "createdAt", "lastUpdatedAt"),
      );
      return { items, nextToken };
    },
  });
}

function byPriority({ priority, id }: Rule): string {
  return `${String(priority).padStart(5, "0")} ${id}`;
}
