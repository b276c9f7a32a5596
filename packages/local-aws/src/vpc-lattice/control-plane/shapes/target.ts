import * as z from "zod";
import { port } from "./members.ts";
import { text } from "./text.ts";

/** A target as named in a request; the port defaults to the group's. */
export const TargetInput = z.object({ id: text(1, 200), port: port.optional() });
export type TargetInput = z.output<typeof TargetInput>;
