import { AwsError } from "../aws-error.ts";
import type { LogText } from "../platform.ts";
import type { Storage } from "../storage/storage.ts";
import { keptGroups, keptStreams, writtenLines } from "./kept-logs.ts";

/** A line as it is kept. Times are AWS time, milliseconds. */
export interface StoredLine {
  readonly id: number;
  readonly at: number;
  readonly ingestedAt: number;
  readonly message: LogText;
}

export interface LogStream {
  readonly name: string;
  readonly createdAt: number;
  /** Lines up to this one were of another stream of its name. */
  readonly after: number;
  /** Ordered by time, then by arrival. */
  readonly lines: StoredLine[];
}

export interface LogGroup {
  readonly name: string;
  readonly createdAt: number;
  readonly streams: Map<string, LogStream>;
}

/** What one stream keeps; older lines go. The process must survive a flood. */
const longestStream = 50_000;

/** Log groups, their streams and lines. */
export interface LogStore {
  /** Throws ResourceAlreadyExistsException. */
  createGroup(name: string): LogGroup;
  /** Throws ResourceNotFoundException. */
  group(name: string): LogGroup;
  groups(): readonly LogGroup[];
  deleteGroup(name: string): void;
  /** Throws ResourceAlreadyExistsException. */
  createStream(group: string, name: string): void;
  /** Throws ResourceNotFoundException. */
  stream(group: string, name: string): LogStream;
  /** The stream, made together with its group where they do not exist. */
  ensureStream(group: string, name: string): LogStream;
  append(group: string, stream: LogStream, line: { readonly at: number; readonly message: LogText }): void;
}

/** `now` is AWS time. */
export function logStore({ storage, now }: { storage: Storage; now: () => number }): LogStore {
  const groups = keptGroups(storage);
  const written = writtenLines(storage);
  let lastId = 0;

  const group = (name: string) => {
    const found = groups.get(name);
    if (found === undefined) throw notFound("log group");
    return found;
  };
  const createGroup = (name: string) => {
    if (groups.has(name)) throw alreadyExists("log group");
    const created = { name, createdAt: now(), streams: keptStreams(storage, name) };
    groups.set(name, created);
    return created;
  };
  const createStream = (streams: Map<string, LogStream>, name: string) => {
    if (streams.has(name)) throw alreadyExists("log stream");
    const created = { name, createdAt: now(), after: lastId, lines: [] };
    streams.set(name, created);
    return created;
  };
  const insert = ({ lines }: LogStream, line: StoredLine) => {
    let place = lines.length;
    while (place > 0 && (lines[place - 1]?.at ?? line.at) > line.at) place -= 1;
    if (place === lines.length) lines.push(line);
    else lines.splice(place, 0, line);
    if (lines.length > longestStream) lines.splice(0, longestStream / 10);
  };
  for (const { group: groupName, stream, ...line } of written.read()) {
    lastId = Math.max(lastId, line.id);
    const found = groups.get(groupName)?.streams.get(stream);
    if (found !== undefined && line.id > found.after) insert(found, line);
  }

  return {
    group,
    createGroup,
    groups: () => [...groups.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    deleteGroup(name) {
      group(name).streams.clear();
      groups.delete(name);
    },
    createStream: (groupName, name) => void createStream(group(groupName).streams, name),
    stream(groupName, name) {
      const found = group(groupName).streams.get(name);
      if (found === undefined) throw notFound("log stream");
      return found;
    },
    ensureStream(groupName, name) {
      const { streams } = groups.get(groupName) ?? createGroup(groupName);
      return streams.get(name) ?? createStream(streams, name);
    },
    append(groupName, stream, { at, message }) {
      lastId += 1;
      const line = { id: lastId, at, ingestedAt: now(), message };
      insert(stream, line);
      written.append({ group: groupName, stream: stream.name, ...line }, groups);
    },
  };
}

function notFound(what: string): AwsError {
  return new AwsError("ResourceNotFoundException", `The specified ${what} does not exist.`);
}

function alreadyExists(what: string): AwsError {
  return new AwsError("ResourceAlreadyExistsException", `The specified ${what} already exists`);
}
