import { existsSync } from "node:fs";
import { join } from "node:path";
import { modulePath } from "./sandbox/load-handler.ts";

const ENDINGS = [".mjs", ".js", ".cjs", ".ts"];

/** The file with the handler; undefined where the directory has none. */
export function handlerFile(directory: string, handler: string): string | undefined {
  const path = join(directory, modulePath(handler));
  return ENDINGS.map((ending) => path + ending).find((file) => existsSync(file));
}
