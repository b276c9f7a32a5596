/** `team=orders` for each tag, semicolons escaped. */
export function tagPairs(tags: Readonly<Record<string, string>>): string[] {
  return Object.entries(tags).map(([key, value]) => `${key}=${value}`.replaceAll(";", "\\;"));
}
