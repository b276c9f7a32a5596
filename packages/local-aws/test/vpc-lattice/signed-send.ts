import { signedFetch } from "@espalier/signed-fetch";
import type { Caller } from "../../src/platform.ts";
import type { LatticeRig } from "./lattice-rig.ts";
import { type Answer, send } from "./shop-builder.ts";

interface Signed {
  readonly method?: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
  readonly now?: () => Date;
  /** That it is signed for; the service's, unless told otherwise. */
  readonly region?: string;
  /** Changes the headers after they were signed. */
  readonly tamper?: (headers: Record<string, string>) => void;
}

/** Sends a request that `caller` has signed, through Lattice. */
export async function signedSend(
  rig: Pick<LatticeRig, "call" | "iam" | "lattice">,
  caller: Caller,
  url: string,
  { now, tamper, region = "us-east-1", ...init }: Signed = {},
): Promise<Answer> {
  let answer: Answer | undefined;
  const signed = signedFetch({
    credentials: rig.iam.credentialsOf(caller),
    region,
    ...(now !== undefined && { now }),
    fetch: async (input) => {
      const request = new Request(input);
      const { host, pathname, search } = new URL(request.url);
      const headers = Object.fromEntries(request.headers);
      tamper?.(headers);
      const body = request.body === null ? {} : { body: await request.text() };
      answer = await send(rig, host, pathname + search, { method: request.method, headers, ...body });
      return new Response();
    },
  });
  await signed(url, init);
  if (answer === undefined) throw new Error("nothing was sent");
  return answer;
}
