import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { identifier } from "../shapes/identifier.ts";
import { authType } from "../shapes/members.ts";
import { certificateArn, idleTimeoutSeconds } from "../shapes/service.ts";

const Input = z.object({
  serviceIdentifier: identifier.service,
  certificateArn: certificateArn.optional(),
  authType: authType.optional(),
  idleTimeoutSeconds: idleTimeoutSeconds.optional(),
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_UpdateService.html */
export function updateService({ store, platform }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(
        store,
        "UpdateService",
        arns(call).service(input.serviceIdentifier),
        input.authType === undefined ? {} : { "vpc-lattice:AuthType": input.authType },
      ),
    ],
    run: (input) => {
      const service = lookup(store).service(input.serviceIdentifier);
      const updated = store.services.put({
        ...service,
        certificateArn:
          input.certificateArn === undefined ? service.certificateArn : input.certificateArn || undefined,
        authType: input.authType ?? service.authType,
        idleTimeoutSeconds: input.idleTimeoutSeconds ?? service.idleTimeoutSeconds,
        lastUpdatedAt: platform.clock.now(),
      });
      return pick(
        updated,
        "id",
        "arn",
        "name",
        "customDomainName",
        "certificateArn",
        "authType",
        "idleTimeoutSeconds",
      );
    },
  });
}
