import * as z from "zod";
import { unconfirmed } from "../../unconfirmed.ts";
import { checkAction, checkPassThrough } from "../check-action.ts";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import type { Service } from "../records.ts";
import { identifier } from "../shapes/identifier.ts";
import { clientToken, name, port, tags } from "../shapes/members.ts";
import { RuleAction } from "../shapes/rule-action.ts";
import { oneOf } from "../shapes/text.ts";
import { requestTags, tagNew, tagPermissions } from "../tagging.ts";
import { targetGroupArns } from "../target-group-arns.ts";
import { writtenListener } from "../views/listener.ts";
import { withinQuota } from "../within-quota.ts";

const Input = z.object({
  serviceIdentifier: identifier.service,
  name: name.listener,
  protocol: oneOf("HTTP", "HTTPS", "TLS_PASSTHROUGH"),
  port: port.optional(),
  defaultAction: RuleAction,
  tags: tags.optional(),
  clientToken,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateListener.html */
export function createListener(plane: ControlPlane) {
  const { store, platform, settings, tokens } = plane;
  return operation(Input, {
    permissions: (input, call) => {
      const arn = arns(call).listener(input.serviceIdentifier, "*");
      const context = {
        "vpc-lattice:Protocol": input.protocol,
        ...targetGroupArns(call, input.defaultAction),
        ...requestTags(input.tags),
      };
      return [
        permission(store, "CreateListener", arn, context),
        ...tagPermissions(arn, "CreateListener", input.tags),
      ];
    },
    run: (input, call) =>
      tokens.once(call, "CreateListener", input, () => {
        const service = lookup(store).service(input.serviceIdentifier);
        const port = input.port ?? (input.protocol === "HTTP" ? 80 : 443);
        checkFree(plane, service, { ...input, port });
        checkPassThrough(service, input);
        checkAction(
          store,
          settings,
          { serviceId: service.id, protocol: input.protocol },
          input.defaultAction,
        );

        const id = `listener-${platform.hexId(17)}`;
        const ruleId = `rule-${platform.hexId(17)}`;
        const now = platform.clock.now();
        store.rules.put({
          id: ruleId,
          arn: arns(call).rule(service.id, id, ruleId),
          serviceId: service.id,
          listenerId: id,
          name: unconfirmed.defaultRule.name,
          isDefault: true,
          priority: unconfirmed.defaultRule.priority,
          match: undefined,
          action: input.defaultAction,
          createdAt: now,
          lastUpdatedAt: now,
        });
        const listener = store.listeners.put({
          id,
          arn: arns(call).listener(service.id, id),
          serviceId: service.id,
          name: input.name,
          protocol: input.protocol,
          port,
          defaultRuleId: ruleId,
          createdAt: now,
          lastUpdatedAt: now,
        });
        tagNew(store, listener.arn, input.tags);
        return writtenListener(store, listener);
      }),
  });
}

function checkFree(
  { store, settings }: ControlPlane,
  service: Service,
  { name, port }: { name: string; port: number },
): void {
  if (service.status === "DELETE_IN_PROGRESS") {
    throw conflict("SERVICE", service.id, `Service ${service.id} is being deleted`);
  }
  const listeners = store.listeners.filter(({ serviceId }) => serviceId === service.id);
  for (const listener of listeners) {
    if (listener.name === name) throw conflict("LISTENER", listener.id, `Listener ${name} already exists`);
    if (listener.port === port) {
      throw conflict("LISTENER", listener.id, `A listener on port ${port} already exists`);
    }
  }
  withinQuota(settings, "listenersPerService", listeners.length + 1);
}
