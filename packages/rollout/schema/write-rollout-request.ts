import { writeFileSync } from "node:fs";
import { rolloutRequestSchema } from "./rollout-request-schema.ts";

writeFileSync(
  new URL("rollout-request.json", import.meta.url),
  JSON.stringify(rolloutRequestSchema(), null, 2),
);
