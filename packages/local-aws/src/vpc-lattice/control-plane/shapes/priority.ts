import { integer } from "./text.ts";

/** Lower numbers are looked at first. */
export const priority = integer(1, 2000);
