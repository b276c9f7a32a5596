import type { Problem } from "../problem.ts";
import type { Plan } from "./plan.ts";

/** Addresses somebody listed, under the name of the list, that are of nothing in the plan; a star at the end stands for anything. */
export function strayAddresses(
  { changes, warnings }: Plan,
  list: "adopt" | "accept",
  listed: readonly string[],
): Problem[] {
  const known = [...changes, ...warnings].map(({ address }) => address);
  const isThere = (one: string) =>
    one.endsWith("*")
      ? known.some((address) => address.startsWith(one.slice(0, -1)))
      : known.some((address) => address === one || address.startsWith(`${one}.`));
  return listed
    .filter((one) => one !== "*" && !isThere(one))
    .map((one) => {
      const near = nearest(one.replace(/\*$/, ""), known);
      const hint = near === undefined ? "" : `; the nearest is ${near}`;
      return { place: list, message: `has ${one}, and nothing in the plan has this address${hint}` };
    });
}

/** The shortest of those that begin most like it. */
function nearest(wanted: string, known: readonly string[]): string | undefined {
  const alike = (address: string) => {
    let length = 0;
    while (length < wanted.length && wanted[length] === address[length]) length += 1;
    return length;
  };
  return known.toSorted((one, other) => alike(other) - alike(one) || one.length - other.length)[0];
}
