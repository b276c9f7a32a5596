import { type CronField, fieldValue, fieldValues } from "./cron-field.ts";
import { InvalidCron } from "./invalid-cron.ts";

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

const minutes: CronField = { name: "minutes", least: 0, most: 59, names: [] };
const hours: CronField = { name: "hours", least: 0, most: 23, names: [] };
const dayOfMonth: CronField = { name: "day-of-month", least: 1, most: 31, names: [] };
const month: CronField = { name: "month", least: 1, most: 12, names: months };
const dayOfWeek: CronField = { name: "day-of-week", least: 1, most: 7, names: days };
const year: CronField = { name: "year", least: 1970, most: 2199, names: [] };

/**
 * Reads the six fields of AWS's `cron(...)`, minutes first and the year last, and writes them as croner's seven. A range of days or
 * hours may wrap. Throws InvalidCron.
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
 */
export function parseCron(fields: string): string {
  const given = fields.trim().split(/\s+/);
  if (given.length !== 6) throw new InvalidCron("cron", `${given.length} fields where there are six`);
  const [minute = "", hour = "", ofMonth = "", ofYear = "", ofWeek = "", inYear = ""] = given;
  if ((ofMonth === "?") === (ofWeek === "?")) {
    throw new InvalidCron(dayOfWeek.name, "one of day-of-month and day-of-week must be ?, and only one");
  }
  return [
    "0",
    list(minutes, minute),
    list(hours, hour),
    daysOfMonth(ofMonth),
    list(month, ofYear),
    daysOfWeek(ofWeek),
    list(year, inYear),
  ].join(" ");
}

function list(field: CronField, text: string): string {
  return text === "*" ? text : fieldValues(field, text).join(",");
}

function daysOfMonth(text: string): string {
  if (text === "?") return "*";
  if (text === "L" || text === "LW") return text;
  const nearest = /^(\d+)W$/.exec(text)?.[1];
  return nearest === undefined ? list(dayOfMonth, text) : `${fieldValue(dayOfMonth, nearest)}W`;
}

/** AWS's week begins with 1, croner's with 0. */
function daysOfWeek(text: string): string {
  if (text === "?") return "*";
  if (text === "*") return text;
  if (text === "L") return "6";
  const [, last] = /^(\w+)L$/.exec(text) ?? [];
  if (last !== undefined) return `${fieldValue(dayOfWeek, last) - 1}#L`;
  const [, day, nth] = /^(\w+)#(\d+)$/.exec(text) ?? [];
  if (day === undefined || nth === undefined) {
    return fieldValues(dayOfWeek, text)
      .map((value) => value - 1)
      .join(",");
  }
  if (!/^[1-5]$/.test(nth))
    throw new InvalidCron(dayOfWeek.name, `"${text}" is not the 1st to 5th of a month`);
  return `${fieldValue(dayOfWeek, day) - 1}#${nth}`;
}
