import * as z from "zod";

/** Where an action is: a listener's default action or one of its rules. Ids, not ARNs. */
export const Place = z.discriminatedUnion("type", [
  z.object({ type: z.literal("default-action"), listener: z.string() }),
  z.object({ type: z.literal("rule"), listener: z.string(), rule: z.string() }),
]);
export type Place = z.infer<typeof Place>;

/** A target group in an action, with its weight as Lattice has it: 0 to 999, relative to the others. */
export const WeightedGroup = z.object({ id: z.string(), weight: z.int().min(0).max(999) });
export type WeightedGroup = z.infer<typeof WeightedGroup>;

/** An action that forwards, whole: Lattice replaces actions whole, so a group left out is a group removed. */
export const Forwarding = z.object({ place: Place, groups: z.array(WeightedGroup).min(1) });
export type Forwarding = z.infer<typeof Forwarding>;

/** The ids of the two target groups that a rollout owns. */
export interface Pair {
  readonly candidate: string;
  readonly stable: string;
}

/** A text that tells one place from another: its ids. */
export const placeName = (place: Place): string =>
  place.type === "rule" ? `${place.listener}/${place.rule}` : `${place.listener}/default`;

/** The weight that an action gives a group: nil where the group is not in it. */
export const weightOf = ({ groups }: Forwarding, id: string): number =>
  groups.find((group) => group.id === id)?.weight ?? 0;
