import { topologySchema } from "./topology-schema.ts";

console.log(JSON.stringify(topologySchema(), null, 2));
