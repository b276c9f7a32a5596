import * as z from "zod";
import { unconfirmed } from "../../unconfirmed.ts";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { operation } from "../operation.ts";
import { ownedBy } from "../ownership.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { authType, clientToken, name, tags } from "../shapes/members.ts";
import { certificateArn, idleTimeoutSeconds } from "../shapes/service.ts";
import { text } from "../shapes/text.ts";
import { requestTags, tagNew, tagPermissions } from "../tagging.ts";
import { serviceView } from "../views/service.ts";
import { withinQuota } from "../within-quota.ts";

const Input = z.object({
  name: name.service,
  customDomainName: text(3, 255).optional(),
  certificateArn: certificateArn.optional(),
  authType: authType.default("NONE"),
  idleTimeoutSeconds: idleTimeoutSeconds.default(60),
  tags: tags.optional(),
  clientToken,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateService.html */
export function createService({ store, platform, settings, lifeCycle, tokens }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => {
      const arn = arns(call).service("*");
      const context = { "vpc-lattice:AuthType": input.authType, ...requestTags(input.tags) };
      return [
        permission(store, "CreateService", arn, context),
        ...tagPermissions(arn, "CreateService", input.tags),
      ];
    },
    run: (input, call) =>
      tokens.once(call, "CreateService", input, () => {
        const own = store.services.filter(ownedBy(call));
        const taken = own.find(({ name }) => name === input.name);
        if (taken !== undefined) {
          throw conflict("SERVICE", taken.id, `Service ${input.name} already exists`);
        }
        withinQuota(settings, "services", own.length + 1);
        const unique = platform.hexId(17);
        const id = `svc-${unique}`;
        const now = platform.clock.now();
        const service = lifeCycle.begin(store.services, {
          id,
          arn: arns(call).service(id),
          name: input.name,
          status: "CREATE_IN_PROGRESS",
          authType: input.authType,
          domainName: `${input.name}-${unique}.${unconfirmed.dns.label}.vpc-lattice-svcs.${call.region}.on.aws`,
          customDomainName: input.customDomainName?.toLowerCase(),
          certificateArn: input.certificateArn || undefined,
          idleTimeoutSeconds: input.idleTimeoutSeconds,
          createdAt: now,
          lastUpdatedAt: now,
        });
        tagNew(store, service.arn, input.tags);
        return pick(
          serviceView(service),
          "id",
          "arn",
          "name",
          "customDomainName",
          "certificateArn",
          "status",
          "authType",
          "idleTimeoutSeconds",
          "dnsEntry",
        );
      }),
  });
}
