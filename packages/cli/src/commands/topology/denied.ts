/** Whether the caller may not do what was tried; STS, which is asked for a document's role, has a name of its own for that. */
export const isDenied = ({ name }: Error): boolean =>
  name === "AccessDeniedException" || name === "AccessDenied";

/** For a look ahead that fails: says why where the caller may not read, since the workflow plans for itself. Throws what else it is. */
export function unlessDenied(error: Error): undefined {
  if (!isDenied(error)) throw error;
  console.error(`cannot look ahead: ${error.message}`);
}
