import { pathToFileURL } from "node:url";
import { failureOf } from "./failure-of.mjs";

/** @typedef {(event: unknown, context: unknown) => unknown} Handler */

/**
 * Imports the handler; a failure is named as Lambda's runtime names it.
 *
 * @param {import("./messages.ts").BootData} boot
 * @returns {Promise<Handler | import("./messages.ts").FunctionFailure>}
 */
export async function loadHandler({ file, handler, modulePath, exportPath }) {
  if (file === undefined) {
    return failureOf(new Error(`Error: Cannot find module '${modulePath}'`), "Runtime.ImportModuleError");
  }
  let found;
  try {
    const module = await import(pathToFileURL(file).href);
    found = exportNamed(module, exportPath) ?? exportNamed(module.default, exportPath);
  } catch (error) {
    return failureOf(error, importFailure(error));
  }
  if (typeof found !== "function") {
    return failureOf(new Error(`${handler} is undefined or not exported`), "Runtime.HandlerNotFound");
  }
  if (found.length >= 3) {
    const message = "Lambda has no callback-based handlers since Node.js 24: return a promise instead";
    return failureOf(new Error(message), "Runtime.CallbackHandlerDeprecated");
  }
  return found;
}

/**
 * @param {unknown} value
 * @param {readonly string[]} path
 */
function exportNamed(value, path) {
  return path.reduce((at, name) => (typeof at === "object" && at !== null ? at[name] : undefined), value);
}

/** @param {any} error */
function importFailure(error) {
  if (error instanceof SyntaxError) return "Runtime.UserCodeSyntaxError";
  const missing = error?.code === "ERR_MODULE_NOT_FOUND" || error?.code === "MODULE_NOT_FOUND";
  return missing ? "Runtime.ImportModuleError" : undefined;
}
