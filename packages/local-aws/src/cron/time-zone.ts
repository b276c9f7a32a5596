/** What clocks on the wall show in a time zone. Times are milliseconds; a wall time is the same moment in UTC. */
export interface TimeZone {
  wallTime(instant: number): number;
  /** The first moment at which clocks show this; undefined where they skip it, as in spring. */
  instant(wallTime: number): number | undefined;
}

const day = 86_400_000;

/** `name` is IANA's, `Europe/Berlin`. Throws RangeError for another. */
export function timeZone(name: string): TimeZone {
  const format = new Intl.DateTimeFormat("en", {
    timeZone: name,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
  });
  const wallTime = (instant: number) => {
    const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
    const date = Date.UTC(part("year"), part("month") - 1, part("day"));
    const seconds = (part("hour") * 60 + part("minute")) * 60 + part("second");
    return date + seconds * 1000 + (((instant % 1000) + 1000) % 1000);
  };
  return {
    wallTime,
    instant(wall) {
      const offsets = [wall - day, wall + day].map((instant) => wallTime(instant) - instant);
      const candidates = offsets.map((offset) => wall - offset).sort((one, other) => one - other);
      return candidates.find((instant) => wallTime(instant) === wall);
    },
  };
}
