import { rolloutRequestSchema } from "./rollout-request-schema.ts";

console.log(JSON.stringify(rolloutRequestSchema(), null, 2));
