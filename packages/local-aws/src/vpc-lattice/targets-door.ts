import * as z from "zod";
import type { Door } from "../wire/endpoint.ts";
import type { Lattice } from "./lattice.ts";
import { localAnswer, localQuestion } from "./local-question.ts";

const Asked = z.strictObject({ target: z.string(), local: z.string() });

/** `/_local/targets`: POST `{target, local}` says where on this machine a target of a deployment is, each with its port. */
export function targetsDoor(lattice: () => Pick<Lattice, "addresses">): Door {
  return async (request) => {
    const { asked, refusal } = localQuestion(Asked, request);
    if (refusal !== undefined) return refusal;
    try {
      lattice().addresses.set(asked.target, asked.local);
      return localAnswer(200, asked);
    } catch (failure) {
      if (!(failure instanceof RangeError)) throw failure;
      return localAnswer(400, { message: failure.message });
    }
  };
}
