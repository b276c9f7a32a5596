import {
  type Change,
  type ChangedField,
  changeFields,
  type Existing,
  type LatticeAction,
  type Problem,
} from "@espalier/topology";
import { jsonDiff } from "../../view/json-diff.ts";
import type { Ahead } from "./look-ahead.ts";
import { marks } from "./marks.ts";

/** A plan as a diff for people: what is to be done and to which fields, what speaks against it, and the counts. `told` says where a problem is. */
export function planLines(
  { document, existing, changes, warnings }: Ahead,
  told: (problem: Problem) => string = ({ place, message }) => `${place} ${message}`,
): string[] {
  const names = namesOf(existing);
  return [
    ...changes.flatMap((change) => changeLines(existing, change, names, told)),
    ...warnings.map(({ address, sentence, confirm }) => {
      const how = confirm ? ` (to be confirmed: --accept ${address})` : "";
      return `? ${told({ place: address, message: sentence })}${how}`;
    }),
    `${document.name}: ${counts(changes)}`,
  ];
}

/** What is to be done to a thing. */
function changeLines(
  existing: Existing,
  change: Change,
  names: ReadonlyMap<string, string>,
  told: (problem: Problem) => string,
): string[] {
  switch (change.state) {
    case "unchanged":
      return [];
    case "refused":
      return [`! ${told({ place: change.address, message: change.sentence })}`];
    case "blocked":
      return [`${marks[change.verb]} ${change.sentence} (after ${change.after.join(", ")})`];
    case "underway":
      return [`… ${change.sentence}`];
    case "ready":
      return [
        `${marks[change.verb]} ${change.sentence}`,
        ...changeFields(existing, change).flatMap((field) => fieldLines(field, names)),
      ];
  }
}

function fieldLines({ field, from, to }: ChangedField, names: ReadonlyMap<string, string>): string[] {
  const said = (value: unknown) => shown(value, names);
  if (field !== "policy") return [`    ${field}: ${said(from)} → ${said(to)}`];
  return jsonDiff(String(from), String(to)).map((line) => `    ${said(line)}`);
}

/** A value on one line, target groups by their names. */
function shown(value: unknown, names: ReadonlyMap<string, string>): string {
  if (value === undefined || value === "") return "none";
  const text = areWeighted(value)
    ? value.map(({ targetGroupIdentifier, weight }) => `${targetGroupIdentifier} ${weight}`).join(", ")
    : plain(value);
  return text.replace(/\b(?:tg|svc|sn)-[0-9a-f]{17}\b/g, (id) => names.get(id) ?? id);
}

const plain = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));

type WeightedGroup = Extract<LatticeAction, { forward: unknown }>["forward"]["targetGroups"][number];

const areWeighted = (value: unknown): value is readonly WeightedGroup[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => Object.hasOwn(Object(one), "weight"));

const namesOf = ({ networks, services, targetGroups }: Existing): Map<string, string> =>
  new Map([...networks, ...services, ...targetGroups].map(({ id, name }) => [id, name]));

/** How many of each, most telling first. */
function counts(changes: readonly Change[]): string {
  const open = changes.flatMap((change) => ("verb" in change ? [change.verb] : []));
  const of = (verb: string) => open.filter((one) => one === verb).length;
  const is = (state: Change["state"]) => changes.filter((change) => change.state === state).length;
  const told: [number, string][] = [
    [of("create"), "to create"],
    [of("update"), "to change"],
    [of("replace"), "to replace"],
    [of("delete"), "to delete"],
    [is("refused"), "refused"],
  ];
  const some = told.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return [...(some.length > 0 ? some : ["nothing to do"]), `${is("unchanged")} unchanged`].join(", ");
}
