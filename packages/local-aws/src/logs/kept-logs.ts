import type { Storage } from "../storage/storage.ts";
import type { LogGroup, LogStream, StoredLine } from "./log-store.ts";

/** Log groups by their name. */
export function keptGroups(storage: Storage): Map<string, LogGroup> {
  return storage.map<LogGroup>("logs.groups", {
    write: ({ streams: _, ...group }) => group,
    read(written) {
      const group = written as Omit<LogGroup, "streams">;
      return { ...group, streams: keptStreams(storage, group.name) };
    },
  });
}

/** The streams of a group by their name, without their lines. */
export function keptStreams(storage: Storage, group: string): Map<string, LogStream> {
  return storage.map<LogStream>(`logs.streams ${group}`, {
    write: ({ lines: _, ...stream }) => stream,
    read: (written) => ({ ...(written as Omit<LogStream, "lines">), lines: [] }),
  });
}

/** A line as it is written down. */
interface WrittenLine extends StoredLine {
  readonly group: string;
  readonly stream: string;
}

/** The lines of all streams, in the order in which they came. */
interface WrittenLines {
  read(): readonly WrittenLine[];
  /** Makes room in all `groups` where there are too many lines in all, the oldest going first. */
  append(line: WrittenLine, groups: ReadonlyMap<string, LogGroup>): void;
}

/** What all streams hold together, in characters. The process must survive a flood. */
const most = 64 * 1024 * 1024;

export function writtenLines(storage: Storage): WrittenLines {
  const list = storage.list<WrittenLine>("logs.lines");
  let size = 0;

  const makeRoom = (groups: ReadonlyMap<string, LogGroup>) => {
    const all = [...linesOf(groups)].sort((a, b) => a.id - b.id);
    let left = all.reduce((sum, line) => sum + sizeOf(line), 0);
    let last = 0;
    for (const line of all) {
      if (left <= (most * 3) / 4) break;
      left -= sizeOf(line);
      last = line.id;
    }
    for (const { lines } of streamsOf(groups)) {
      const kept = lines.filter(({ id }) => id > last);
      lines.splice(0, lines.length, ...kept);
    }
    size = left;
    if (storage.durable) list.rewrite(all.filter(({ id }) => id > last).map(inWords));
  };

  return {
    read() {
      const lines = list.read();
      size = lines.reduce((sum, line) => sum + sizeOf(line), 0);
      return lines;
    },
    append(line, groups) {
      if (storage.durable) list.append(inWords(line));
      size += sizeOf(line);
      if (size > most) makeRoom(groups);
    },
  };
}

const inWords = (line: WrittenLine): WrittenLine => ({ ...line, message: String(line.message) });

const sizeOf = ({ message, group, stream }: WrittenLine) =>
  message.length + group.length + stream.length + 100;

function* streamsOf(groups: ReadonlyMap<string, LogGroup>): Generator<LogStream> {
  for (const { streams } of groups.values()) yield* streams.values();
}

function* linesOf(groups: ReadonlyMap<string, LogGroup>): Generator<WrittenLine> {
  for (const { name: group, streams } of groups.values())
    for (const { name: stream, lines } of streams.values())
      for (const line of lines) yield { group, stream, ...line };
}
