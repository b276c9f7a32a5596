import type { Service } from "../document/service.ts";
import type { ExistingService } from "../existing.ts";
import { type Change, ready, refused, unchanged } from "./change.ts";
import { awaitActive, awaitGone, isLeaving, removal } from "./life.ts";
import { planAccessLogs } from "./plan-access-logs.ts";
import type { Missing } from "./plan-action.ts";
import { associationsOf, isOurs, planAssociations, planLeaving } from "./plan-associations.ts";
import { planListeners } from "./plan-listeners.ts";
import { planPolicy } from "./plan-policy.ts";
import { planShare, planShareRemoval, shareAddress } from "./plan-share.ts";
import { claim, isActive, leftOver, mayFill, type Sight, serviceNamed, tagsFor } from "./sight.ts";
import type { Write } from "./write.ts";

/** The services of the document with everything in them. `missing` is what target groups still need. */
export function planServices(sight: Sight, missing: Missing): Change[] {
  return Object.entries(sight.document.services).flatMap(([name, wanted]) => {
    const address = addressOf(name);
    const live = serviceNamed(sight, name);
    const service = planService(sight, name, wanted, live);
    // Nothing is planned inside of what is somebody else's.
    if (live && !isLeaving(live) && !mayFill(sight, address, live)) return [service];
    const ours = live && mayFill(sight, address, live) && isActive(live) ? live : undefined;
    const label = `the service ${name}`;
    const locks = locksOf(ours);
    return [
      service,
      ...planListeners(sight, name, wanted, ours, missing),
      ...planPolicy(sight, { kind: "service", name }, wanted.policy, ours, locks),
      ...planAssociations(sight, name, wanted.networks, live, ours),
      ...planAccessLogs(sight, { address, label, live: ours, locks }, wanted.accessLogs),
      ...planShare(sight, { address, label, live: ours }, wanted.share),
    ];
  });
}

/** Services that this document made and no longer names: out of their networks first. Listeners and rules go with them. */
export function planServiceRemovals(sight: Sight): Change[] {
  return leftOver(sight, sight.existing.services, sight.document.services).flatMap((live) => {
    const address = addressOf(live.name);
    const label = `the service ${live.name}`;
    const remove: Write = { operation: "DeleteService", input: { serviceIdentifier: live.id } };
    const associations = associationsOf(sight, live);
    const strangers = associations.filter(({ association }) => !isOurs(sight, association));
    if (strangers.length > 0)
      return [
        refused(
          address,
          `is not in the document any more, and somebody else has put it into ${strangers.map(({ network }) => network).join(", ")}; it has to leave first`,
        ),
      ];
    const after = [
      ...associations.map((association) => association.address),
      ...(live.share ? [shareAddress(address)] : []),
    ];
    return [
      ...planLeaving(sight, live, new Set()),
      ...(live.share ? [planShareRemoval({ address, label, live }, live.share)] : []),
      removal(address, label, live, after, remove, [live.arn]),
    ];
  });
}

const addressOf = (name: string) => `services.${name}`;
const locksOf = (live: ExistingService | undefined) => (live ? [live.arn] : []);

function planService(sight: Sight, name: string, wanted: Service, live: ExistingService | undefined): Change {
  const address = addressOf(name);
  const label = `the service ${name}`;
  const { authType, idleTimeoutSeconds, domain } = wanted;
  const timeout = idleTimeoutSeconds === undefined ? {} : { idleTimeoutSeconds };
  if (!live)
    return ready(
      { address, verb: "create", sentence: `create ${label}, authType ${authType}` },
      {
        operation: "CreateService",
        input: {
          name,
          authType,
          ...timeout,
          ...(domain && { customDomainName: domain.name }),
          ...(domain?.certificate && { certificateArn: domain.certificate }),
          tags: tagsFor(sight, wanted.tags),
        },
      },
    );
  const locks = locksOf(live);
  const remove: Write = { operation: "DeleteService", input: { serviceIdentifier: live.id } };
  const busy =
    awaitGone(address, label, live) ??
    claim(sight, address, label, live, wanted.tags, locks) ??
    awaitActive(address, label, live, remove, locks) ??
    refuseDomain(address, domain?.name, live.customDomain);
  if (busy) return busy;
  const certificate = domain?.certificate;
  const differing = [
    ...(live.authType === authType ? [] : [`authType from ${live.authType} to ${authType}`]),
    ...(idleTimeoutSeconds === undefined || live.idleTimeoutSeconds === idleTimeoutSeconds
      ? []
      : [`idle timeout from ${live.idleTimeoutSeconds} s to ${idleTimeoutSeconds} s`]),
    ...(live.certificate === certificate
      ? []
      : [`certificate from ${live.certificate ?? "none"} to ${certificate ?? "none"}`]),
  ];
  if (differing.length === 0) return unchanged(address, `${label} is as written`);
  const sentence = `change ${label}: ${differing.join(", ")}`;
  const input = {
    serviceIdentifier: live.id,
    authType,
    ...timeout,
    ...(live.certificate !== certificate && { certificateArn: certificate ?? "" }),
  };
  return ready({ address, verb: "update", sentence, locks }, { operation: "UpdateService", input });
}

/** UpdateService has no custom domain, and another service in its place would have another ARN and other addresses. */
function refuseDomain(address: string, wanted = "", live = ""): Change | undefined {
  if (wanted === live) return undefined;
  return refused(
    `${address}.domain.name`,
    `is ${wanted ? `"${wanted}"` : "not there"}, and was ${live ? `"${live}"` : "not there"}; Lattice cannot change it: write a new service beside this one, send its callers there, then take this one out`,
  );
}
