import { type Misplaced, misplacedPolicy } from "./misplaced.ts";
import type { Premises } from "./premises.ts";

/** A statement that was meant to let somebody call a service, and stands in the policy of another one. */
export interface GrantElsewhere extends Omit<Misplaced, "effect" | "means"> {
  readonly policy: string;
}

/** Statements of other services' policies that allow calls of this service, which they do not decide about. */
export function grantsElsewhere({ services }: Premises, called: string): GrantElsewhere[] {
  const meant = services.filter(({ name }) => name === called);
  return services
    .filter(({ name }) => name !== called)
    .flatMap((service) => {
      const { guard } = service;
      if (guard.type !== "policy" || guard.document === undefined) return [];
      return misplacedPolicy(service, guard.document, meant)
        .filter(({ effect, means }) => effect === "Allow" && means.length > 0)
        .map(({ effect: _, means: __, ...place }) => ({
          policy: `the auth policy of service ${service.name}`,
          ...place,
        }));
    });
}
