import * as z from "zod";
import { checkAction, checkPassThrough } from "../check-action.ts";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { defaultRule, lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { RuleAction } from "../shapes/rule-action.ts";
import { targetGroupArns } from "../target-group-arns.ts";
import { writtenListener } from "../views/listener.ts";

const Input = z.object({
  serviceIdentifier: identifier.service,
  listenerIdentifier: identifier.listener,
  defaultAction: RuleAction,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_UpdateListener.html */
export function updateListener({ store, platform, settings }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(
        store,
        "UpdateListener",
        arns(call).listener(input.serviceIdentifier, input.listenerIdentifier),
        targetGroupArns(call, input.defaultAction),
      ),
    ],
    run: (input) => {
      const listener = lookup(store).listener(input.serviceIdentifier, input.listenerIdentifier);
      checkPassThrough(lookup(store).service(listener.serviceId), {
        protocol: listener.protocol,
        defaultAction: input.defaultAction,
      });
      checkAction(store, settings, listener, input.defaultAction);
      const lastUpdatedAt = platform.clock.now();
      store.rules.put({ ...defaultRule(store, listener), action: input.defaultAction, lastUpdatedAt });
      return writtenListener(store, store.listeners.put({ ...listener, lastUpdatedAt }));
    },
  });
}
