import { createHash } from "node:crypto";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DataDirectoryError } from "./data-directory-error.ts";

/** One process's hold on a directory. */
export interface DirectoryLock {
  release(): Promise<void>;
}

/**
 * Takes the directory, whose real path this is, for this process alone: a local socket of a name made of the path, which the
 * system gives back however the process ends. Whoever connects to it is told the process. Throws DataDirectoryError.
 */
export async function lockDirectory(directory: string): Promise<DirectoryLock> {
  const name = socketName(createHash("sha256").update(directory).digest("hex").slice(0, 32));
  const server = createServer((socket) => socket.on("error", () => {}).end(String(process.pid)));
  try {
    await listen(server, name);
  } catch (cause) {
    const holder = await holderOf(name);
    if (holder !== undefined || !isFile(name)) {
      throw new DataDirectoryError(
        `${directory} is in use by process ${holder ?? "unknown"}; stop that one or name another directory`,
        { cause },
      );
    }
    // A socket that is a file outlives its process, unlike the others.
    rmSync(name, { force: true });
    await listen(server, name);
  }
  server.unref();
  return {
    async release() {
      const closed = once(server, "close");
      server.close();
      await closed;
    },
  };
}

function socketName(id: string): string {
  if (process.platform === "linux") return `\0espalier-${id}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\espalier-${id}`;
  return join(tmpdir(), `espalier-${id}.sock`);
}

const isFile = (name: string) => name.startsWith("/");

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ path }, () => {
      server.off("error", reject);
      resolve();
    });
  });
}

/** The process that answers there; undefined if none does. */
function holderOf(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    let told = "";
    const socket = connect({ path });
    socket.setEncoding("utf8");
    socket.on("data", (text) => {
      told += text;
    });
    socket.once("error", () => resolve(undefined));
    socket.once("close", () => resolve(told === "" ? undefined : told));
  });
}
