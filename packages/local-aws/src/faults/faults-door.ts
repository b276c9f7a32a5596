import type { Door } from "../wire/endpoint.ts";
import type { WireRequest, WireResponse } from "../wire/protocol.ts";
import type { FaultInput } from "./fault.ts";
import type { Faults } from "./faults.ts";
import { type Complaint, InvalidFault } from "./invalid-fault.ts";

/** `/_local/faults`: POST arranges a fault or a list of them, GET lists those that are arranged, DELETE clears them. */
export function faultsDoor(faults: Faults): Door {
  return (request) => {
    switch (request.method) {
      case "GET":
        return answer(200, { faults: faults.list() });
      case "POST":
        return arrange(faults, request);
      case "DELETE":
        faults.clear();
        return answer(200, { faults: [] });
      default:
        return refuse(405, `${request.method} is not offered here: GET, POST and DELETE are`);
    }
  };
}

function arrange(faults: Faults, { headers, body }: WireRequest): WireResponse {
  // No page of a browser may send this type to another origin without asking.
  if (!/^application\/json\b/.test(headers["content-type"] ?? "")) {
    return refuse(415, "faults are sent with the header content-type: application/json");
  }
  try {
    const asked = JSON.parse(body.toString("utf8")) as FaultInput | readonly FaultInput[];
    return answer(201, { faults: faults.arrange(asked) });
  } catch (error) {
    if (error instanceof InvalidFault) return refuse(400, error.message, error.fields);
    if (error instanceof SyntaxError) return refuse(400, `the body is not JSON: ${error.message}`);
    throw error;
  }
}

function refuse(status: number, message: string, fields: readonly Complaint[] = []): WireResponse {
  return answer(status, { message, fields });
}

function answer(status: number, body: object): WireResponse {
  return { status, headers: { "content-type": "application/json" }, body: `${JSON.stringify(body)}\n` };
}
