import * as z from "zod";
import type { Door } from "../wire/endpoint.ts";
import type { Lattice } from "./lattice.ts";
import { localAnswer, localQuestion } from "./local-question.ts";

const Asked = z
  .strictObject({
    vpcId: z.string(),
    url: z
      .url({ protocol: /^https?$/, error: "is no URL of http or https" })
      .transform((text) => new URL(text)),
    method: z.string().default("GET"),
    headers: z.record(z.string(), z.string()).default({}),
    accessKeyId: z.string().optional(),
  })
  .transform(({ headers, ...asked }) => ({
    ...asked,
    accessKeyId: asked.accessKeyId,
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
  }));

/** `/_local/explain`: POST `{vpcId, url, method?, headers?, accessKeyId?}` answers what Lattice would do with that request, and why. */
export function explainDoor(lattice: () => Pick<Lattice, "explain">): Door {
  return (request) => {
    const { asked, refusal } = localQuestion(Asked, request);
    return refusal ?? localAnswer(200, lattice().explain(asked));
  };
}
