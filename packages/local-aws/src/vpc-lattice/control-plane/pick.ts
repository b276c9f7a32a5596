/** The members of `view` that an operation answers with. */
export function pick<V extends object, K extends keyof V>(view: V, ...members: readonly K[]): Pick<V, K> {
  return Object.fromEntries(members.map((member) => [member, view[member]])) as Pick<V, K>;
}
