import { existsSync } from "node:fs";
import { join } from "node:path";

const ENDINGS = [".mjs", ".js", ".cjs", ".ts"];

/** Where a handler is: `src/orders.api.handler` is `api.handler` of `src/orders`. */
export interface HandlerFile {
  readonly handler: string;
  /** Without its ending. */
  readonly modulePath: string;
  readonly exportPath: readonly string[];
  /** undefined where the directory has none. */
  readonly file: string | undefined;
}

/** Looks for the file with the handler. */
export function handlerFile(directory: string, handler: string): HandlerFile {
  const modulePath = /^(.*\/)?[^./]*/.exec(handler)?.[0] ?? handler;
  const exportPath = handler.slice(modulePath.length + 1).split(".");
  const path = join(directory, modulePath);
  const file = ENDINGS.map((ending) => path + ending).find((candidate) => existsSync(candidate));
  return { handler, modulePath, exportPath, file };
}
