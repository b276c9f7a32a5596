import type { Existing, ExistingService } from "../existing.ts";
import { changed } from "./changed.ts";
import type { Folds } from "./fold-write.ts";
import { withTags } from "./with-tags.ts";

type Operation =
  | "CreateService"
  | "UpdateService"
  | "DeleteService"
  | "PutAuthPolicy"
  | "DeleteAuthPolicy"
  | "TagResource";

/** Changes one service; the others stay the same objects. */
export const withService = (
  existing: Existing,
  id: string,
  change: (service: ExistingService) => ExistingService,
): Existing => ({ ...existing, services: changed(existing.services, id, change) });

/** Services, and what services and networks have alike: policies and tags. */
export const serviceFolds: Folds<Operation> = {
  CreateService: (existing, { name, authType, idleTimeoutSeconds = 60, tags, ...input }, answer) => ({
    ...existing,
    services: [
      ...existing.services,
      {
        ...{ ...answer, name, authType, idleTimeoutSeconds, tags },
        ...{ policy: "", listeners: [], accessLogs: [], share: undefined },
        customDomain: input.customDomainName,
        certificate: input.certificateArn,
      },
    ],
  }),

  UpdateService: (existing, { serviceIdentifier, authType, idleTimeoutSeconds, certificateArn }) =>
    withService(existing, serviceIdentifier, (service) => ({
      ...service,
      authType,
      idleTimeoutSeconds: idleTimeoutSeconds ?? service.idleTimeoutSeconds,
      certificate: certificateArn === undefined ? service.certificate : certificateArn || undefined,
    })),

  DeleteService: (existing, { serviceIdentifier }, { status }) =>
    withService(existing, serviceIdentifier, (service) => ({
      ...service,
      status: status || "DELETE_IN_PROGRESS",
    })),

  PutAuthPolicy: (existing, { resourceIdentifier, policy }) =>
    withPolicy(existing, resourceIdentifier, policy),

  DeleteAuthPolicy: (existing, { resourceIdentifier }) => withPolicy(existing, resourceIdentifier, ""),

  TagResource: (existing, { resourceArn, tags }) => withTags(existing, resourceArn, tags),
};

function withPolicy(existing: Existing, id: string, policy: string): Existing {
  const holding = <Holder>(holder: Holder) => ({ ...holder, policy });
  return {
    ...existing,
    networks: changed(existing.networks, id, holding),
    services: changed(existing.services, id, holding),
  };
}
