import { Minute } from "@espalier/evidence";
import * as z from "zod";

/** What the query of a threshold metric said of a minute; null where it said nothing. */
export const Level = z.object({ name: z.string(), minute: Minute, value: z.number().nullable() });
export type Level = z.infer<typeof Level>;
