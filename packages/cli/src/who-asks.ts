import os from "node:os";

/** Who asks, for the history: the name of this machine's user. */
export const whoAsks = (): string => os.userInfo().username;
