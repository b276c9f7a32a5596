import { pathToFileURL } from "node:url";
import { failureOf } from "./function-failure.ts";
import type { BootData, FunctionFailure } from "./messages.ts";

export type Handler = (event: unknown, context: unknown) => unknown;

/** Imports the handler; a failure is named as Lambda's runtime names it. */
export async function loadHandler({ file, handler }: BootData): Promise<Handler | FunctionFailure> {
  if (file === undefined) {
    return failureOf(
      new Error(`Error: Cannot find module '${modulePath(handler)}'`),
      "Runtime.ImportModuleError",
    );
  }
  let found: unknown;
  try {
    const module: Record<string, unknown> = await import(pathToFileURL(file).href);
    found = exportNamed(module, exportPath(handler)) ?? exportNamed(module.default, exportPath(handler));
  } catch (error) {
    return failureOf(error, importFailure(error));
  }
  if (typeof found !== "function") {
    const message = `${handler} is undefined or not exported`;
    return failureOf(new Error(message), "Runtime.HandlerNotFound");
  }
  if (found.length >= 3) {
    const message = "Lambda has no callback-based handlers since Node.js 24: return a promise instead";
    return failureOf(new Error(message), "Runtime.CallbackHandlerDeprecated");
  }
  return found as Handler;
}

/** `src/orders.api.handler` is `api.handler` of `src/orders`. */
export function modulePath(handler: string): string {
  return /^(.*\/)?[^./]*/.exec(handler)?.[0] ?? handler;
}

function exportPath(handler: string): readonly string[] {
  return handler.slice(modulePath(handler).length + 1).split(".");
}

function exportNamed(value: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[name] : undefined),
    value,
  );
}

function importFailure(error: unknown): string | undefined {
  if (error instanceof SyntaxError) return "Runtime.UserCodeSyntaxError";
  const { code } = error as { code?: unknown };
  return code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND"
    ? "Runtime.ImportModuleError"
    : undefined;
}
