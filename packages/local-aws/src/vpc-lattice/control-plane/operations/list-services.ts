import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { anyResource } from "../permission.ts";
import { pick } from "../pick.ts";
import { isListed } from "../reach.ts";
import { page } from "../shapes/members.ts";
import { serviceView } from "../views/service.ts";

const Input = z.object(page);

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListServices.html */
export function listServices(plane: ControlPlane) {
  const { store } = plane;
  return operation(Input, {
    permissions: () => anyResource("ListServices"),
    run: (input, call) => {
      const { records, nextToken } = pageOf(
        store.services.filter(isListed(plane, call)),
        (service) => service.id,
        input,
      );
      const items = records.map((service) =>
        pick(
          serviceView(service),
          "id",
          "arn",
          "name",
          "dnsEntry",
          "customDomainName",
          "status",
          "createdAt",
          "lastUpdatedAt",
        ),
      );
      return { items, nextToken };
    },
  });
}
