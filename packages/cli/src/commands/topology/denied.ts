/** Whether the caller may not do what was tried; STS, which is asked for a document's role, has a name of its own for that. */
export const isDenied = ({ name }: Error): boolean =>
  name === "AccessDeniedException" || name === "AccessDenied";
