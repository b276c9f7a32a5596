import * as z from "zod";
import type { Door } from "../wire/endpoint.ts";
import type { WireResponse } from "../wire/protocol.ts";
import type { Lattice } from "./lattice.ts";

const GatewayAsked = z.strictObject({
  vpcId: z.string().regex(/^vpc-(?:[0-9a-z]{8}|[0-9a-z]{17})$/, "is no id of a VPC"),
  port: z.int().min(0).max(65_535).optional(),
});

/** `/_local/gateways`: POST `{vpcId, port?}` opens the gateway of a VPC, if it is not open, and answers its port. */
export function gatewaysDoor(lattice: () => Pick<Lattice, "gateway">): Door {
  return async ({ method, headers, body }) => {
    if (method !== "POST") return answer(405, { message: `${method} is not offered here: POST is` });
    // No page of a browser may send this type to another origin without asking.
    if (!/^application\/json\b/.test(headers["content-type"] ?? ""))
      return answer(415, {
        message: "a gateway is asked for with the header content-type: application/json",
      });
    const asked = GatewayAsked.safeParse(parsed(body.toString("utf8")));
    if (!asked.success) return answer(400, { message: complaint(asked.error) });
    const { vpcId, port } = asked.data;
    try {
      return answer(200, { vpcId, port: await lattice().gateway(vpcId, port) });
    } catch (failure) {
      if ((failure as NodeJS.ErrnoException).code !== "EADDRINUSE") throw failure;
      return answer(409, { message: `port ${port} is in use; leave it out for any free one` });
    }
  };
}

/** What is no JSON is no object either. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function complaint({ issues }: z.ZodError): string {
  return issues.map(({ path, message }) => [...path, message].join(" ")).join("; ");
}

function answer(status: number, body: object): WireResponse {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(body)}\n` };
}
