/** What could have been named instead, for a sentence about a name that is not there. */
export function known(names: object): string {
  const list = Object.keys(names);
  return list.length > 0 ? `there are: ${list.join(", ")}` : "there are none";
}
