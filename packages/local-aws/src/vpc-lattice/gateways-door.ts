import * as z from "zod";
import type { Door } from "../wire/endpoint.ts";
import { zonePattern } from "./data-plane/source.ts";
import type { Lattice } from "./lattice.ts";
import { localAnswer, localQuestion } from "./local-question.ts";

const GatewayAsked = z.strictObject({
  vpcId: z.string().regex(/^vpc-(?:[0-9a-z]{8}|[0-9a-z]{17})$/, "is no id of a VPC"),
  port: z.int().min(0).max(65_535).optional(),
  zone: z.string().regex(zonePattern, "is no availability zone").optional(),
});

/** `/_local/gateways`: POST `{vpcId, port?, zone?}` opens the gateway of a VPC or of a zone, if it is not open, and answers its port. */
export function gatewaysDoor(lattice: () => Pick<Lattice, "gateway">): Door {
  return async (request) => {
    const { asked, refusal } = localQuestion(GatewayAsked, request);
    if (refusal !== undefined) return refusal;
    const { vpcId, port, zone } = asked;
    try {
      const opened = await lattice().gateway(vpcId, port, zone);
      return localAnswer(200, { vpcId, port: opened, ...(zone !== undefined && { zone }) });
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== "EADDRINUSE") throw failure;
      return localAnswer(409, { message: `port ${port} is in use; leave it out for any free one` });
    }
  };
}
