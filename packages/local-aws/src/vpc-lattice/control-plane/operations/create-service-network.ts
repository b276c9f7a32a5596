import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { operation } from "../operation.ts";
import { ownedBy } from "../ownership.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { authType, clientToken, name, tags } from "../shapes/members.ts";
import { requestTags, tagNew, tagPermissions } from "../tagging.ts";
import { networkView } from "../views/network.ts";
import { withinQuota } from "../within-quota.ts";

const Input = z.object({
  name: name.network,
  authType: authType.default("NONE"),
  sharingConfig: z.object({ enabled: z.boolean().default(true) }).optional(),
  tags: tags.optional(),
  clientToken,
});

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_CreateServiceNetwork.html */
export function createServiceNetwork({ store, platform, settings, tokens }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => {
      const arn = arns(call).network("*");
      const context = { "vpc-lattice:AuthType": input.authType, ...requestTags(input.tags) };
      return [
        permission(store, "CreateServiceNetwork", arn, context),
        ...tagPermissions(arn, "CreateServiceNetwork", input.tags),
      ];
    },
    run: (input, call) =>
      tokens.once(call, "CreateServiceNetwork", input, () => {
        const own = store.networks.filter(ownedBy(call));
        const taken = own.find(({ name }) => name === input.name);
        if (taken !== undefined) {
          throw conflict("SERVICE_NETWORK", taken.id, `Service network ${input.name} already exists`);
        }
        withinQuota(settings, "serviceNetworks", own.length + 1);
        const id = `sn-${platform.hexId(17)}`;
        const now = platform.clock.now();
        const network = store.networks.put({
          id,
          arn: arns(call).network(id),
          name: input.name,
          authType: input.authType,
          sharingEnabled: input.sharingConfig?.enabled ?? true,
          createdAt: now,
          lastUpdatedAt: now,
        });
        tagNew(store, network.arn, input.tags);
        return pick(networkView(store, network), "id", "arn", "name", "authType", "sharingConfig");
      }),
  });
}
