import { cut, freeName, latticeName, nameRules } from "./lattice-name.ts";
import { annotationOf } from "./manifest.ts";
import type { Route } from "./service-of.ts";

/** A service's name as the controller makes it: the route's and its namespace's, cut to 20 and 18 characters. */
export function serviceName({ manifest, tell }: Route, taken: ReadonlySet<string>): string {
  const { name, namespace } = manifest.metadata;
  const asked = annotationOf(manifest, "service-name-override") ?? `${cut(name, 20)}-${cut(namespace, 18)}`;
  const given = freeName(taken, [latticeName(asked, nameRules.service)], nameRules.service);
  if (given !== asked)
    tell.approximated(
      "metadata.name",
      taken.has(asked)
        ? `another route's service is called ${asked}`
        : `${asked} is no name of a service in Lattice`,
      `the service is called ${given}`,
    );
  return given;
}
