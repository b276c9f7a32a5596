import { request } from "node:http";
import type { LocalAws } from "@espalier/local-aws";

/** The status of an unsigned GET that goes through a VPC's gateway to Lattice. */
export async function statusFrom(aws: LocalAws, vpc: string, url: string): Promise<number> {
  const { host, pathname } = new URL(url);
  const port = await aws.lattice.gateway(vpc);
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: pathname, headers: { host }, agent: false as const };
    request(options, (answer) => answer.resume().on("end", () => resolve(answer.statusCode ?? 0)))
      .on("error", reject)
      .end();
  });
}
