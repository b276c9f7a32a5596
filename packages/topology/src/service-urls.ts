import type { TopologyDocument } from "./document/document.ts";
import { portOf } from "./document/listener.ts";
import type { Existing } from "./existing.ts";
import { own } from "./plan/own.ts";

/** Where each service of the document is reached by callers in its networks: by its own domain, and by HTTP where it listens for that. */
export function serviceUrls({ services }: TopologyDocument, existing: Existing): Record<string, string> {
  return Object.fromEntries(
    existing.services.flatMap(({ name, domainName }) => {
      const service = own(services, name);
      const listeners = Object.values(service?.listeners ?? {});
      const listener = listeners.find(({ protocol }) => protocol === "HTTP") ?? listeners[0];
      if (!listener || domainName === "") return [];
      const { protocol, port } = listener;
      const usual = portOf({ protocol });
      const suffix = port === undefined || port === usual ? "" : `:${port}`;
      return [[name, `${protocol.toLowerCase()}://${service?.domain?.name ?? domainName}${suffix}`]];
    }),
  );
}
