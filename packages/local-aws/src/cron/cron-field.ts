import { InvalidCron } from "./invalid-cron.ts";

/** One field of a cron expression and what may stand in it. */
export interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** The names of its values from the least one on. */
  readonly names: readonly string[];
}

/**
 * The values that a field lists with `*`, `,`, `-` and `/`, in ascending order. A range may go past the end and begin again: `20-2` of
 * the hours is 20 to 23 and 0 to 2. Throws InvalidCron.
 */
export function fieldValues(field: CronField, text: string): readonly number[] {
  const values = new Set(text.split(",").flatMap((part) => [...valuesOf(field, part)]));
  return [...values].sort((one, other) => one - other);
}

/** One value, by its number or its name. Throws InvalidCron. */
export function fieldValue(field: CronField, text: string): number {
  const named = field.names.indexOf(text.toUpperCase());
  const value = named >= 0 ? field.least + named : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (value >= field.least && value <= field.most) return value;
  const names = field.names.length === 0 ? "" : ` or ${field.names[0]} to ${field.names.at(-1)}`;
  throw new InvalidCron(field.name, `"${text}" is not ${field.least} to ${field.most}${names}`);
}

function* valuesOf(field: CronField, part: string): Generator<number> {
  const [range = "", step, ...more] = part.split("/");
  if (more.length > 0) throw new InvalidCron(field.name, `"${part}" has more than one /`);
  const { first, last } = rangeOf(field, range, step !== undefined);
  const every = step === undefined ? 1 : stepOf(field, step);
  const size = field.most - field.least + 1;
  const length = (last - first + size) % size;
  for (let at = 0; at <= length; at += every) yield field.least + ((first - field.least + at) % size);
}

function rangeOf(field: CronField, text: string, stepped: boolean): { first: number; last: number } {
  if (text === "*") return { first: field.least, last: field.most };
  const [from = "", to, ...more] = text.split("-");
  if (more.length > 0) throw new InvalidCron(field.name, `"${text}" has more than one -`);
  const first = fieldValue(field, from);
  if (to !== undefined) return { first, last: fieldValue(field, to) };
  return { first, last: stepped ? field.most : first };
}

function stepOf(field: CronField, text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidCron(field.name, `"${text}" is no step`);
}
