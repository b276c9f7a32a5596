import * as z from "zod";
import { RolloutRequest } from "../src/index.ts";

/** The JSON Schema of a rollout's request, as editors want it beside a YAML or JSON file. */
export function rolloutRequestSchema(): object {
  return {
    title: "A rollout of Espalier",
    ...z.toJSONSchema(RolloutRequest, { io: "input" }),
  };
}
