import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { conflict } from "../errors.ts";
import { arns } from "../identifiers.ts";
import { lookup } from "../lookup.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { pick } from "../pick.ts";
import { removeAccessLogs } from "../remove-access-logs.ts";
import { removeListener } from "../remove-listener.ts";
import { identifier } from "../shapes/identifier.ts";

const Input = z.object({ serviceIdentifier: identifier.service });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_DeleteService.html */
export function deleteService({ store, lifeCycle }: ControlPlane) {
  return operation(Input, {
    permissions: (input, call) => [
      permission(store, "DeleteService", arns(call).service(input.serviceIdentifier)),
    ],
    run: (input) => {
      const service = lookup(store).service(input.serviceIdentifier);
      if (service.status.endsWith("_IN_PROGRESS")) {
        throw conflict("SERVICE", service.id, `Service ${service.id} is ${service.status}`);
      }
      if (store.serviceAssociations.find((association) => association.serviceId === service.id)) {
        throw conflict("SERVICE", service.id, `Service ${service.id} has service network(s) associated`);
      }
      for (const listener of store.listeners.filter(({ serviceId }) => serviceId === service.id)) {
        removeListener(store, listener);
      }
      removeAccessLogs(store, service.id);
      store.authPolicies.remove(service.id);
      store.resourcePolicies.remove(service.id);
      store.taggings.remove(service.arn);
      return pick(lifeCycle.end(store.services, service), "id", "arn", "name", "status");
    },
  });
}
