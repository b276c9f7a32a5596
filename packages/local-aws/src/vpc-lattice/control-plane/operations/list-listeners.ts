import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { pageOf } from "../paging.ts";
import { anyResource } from "../permission.ts";
import { pick } from "../pick.ts";
import { identifier } from "../shapes/identifier.ts";
import { page } from "../shapes/members.ts";
import { listenerView } from "../views/listener.ts";

const Input = z.object({ serviceIdentifier: identifier.service, ...page });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListListeners.html */
export function listListeners({ store }: ControlPlane) {
  return operation(Input, {
    permissions: () => anyResource("ListListeners"),
    subjects: (input, call) => [arns(call).service(input.serviceIdentifier)],
    run: (input) => {
      const service = lookup(store).service(input.serviceIdentifier);
      const listeners = store.listeners.filter(({ serviceId }) => serviceId === service.id);
      const { records, nextToken } = pageOf(listeners, (listener) => listener.id, input);
      const items = records.map((listener) =>
        pick(
          listenerView(store, listener),
          "id",
          "arn",
          "name",
          "protocol",
          "port",
          "createdAt",
          "lastUpdatedAt",
        ),
      );
      return { items, nextToken };
    },
  });
}
