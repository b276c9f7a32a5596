import type { CommandDef } from "citty";

/** Any command, whatever its arguments: citty's CommandDef is invariant in them, so nothing narrower holds all commands. */
// biome-ignore lint/suspicious/noExplicitAny: see above.
export type AnyCommand = CommandDef<any>;
