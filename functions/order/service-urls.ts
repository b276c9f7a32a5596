import { GetParametersByPathCommand, type SSMClient } from "@aws-sdk/client-ssm";

const NAMES = ["inventory", "delivery", "payment"] as const;
export type ServiceName = (typeof NAMES)[number];

/**
 * Reads where the shop's services are from the parameters `<path>/<service>`, once; after a failure again at the next call.
 * Rejects naming what is missing.
 */
export function serviceUrls(
  ssm: SSMClient,
  path: string,
): () => Promise<Readonly<Record<ServiceName, string>>> {
  let known: Promise<Readonly<Record<ServiceName, string>>> | undefined;
  return () => {
    known ??= read(ssm, path).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
}

async function read(ssm: SSMClient, path: string): Promise<Readonly<Record<ServiceName, string>>> {
  const found = new Map<string, string>();
  let next: { NextToken?: string } = {};
  do {
    const page = await ssm.send(new GetParametersByPathCommand({ Path: path, ...next }));
    for (const { Name = "", Value = "" } of page.Parameters ?? [])
      found.set(Name.slice(path.length + 1), Value);
    next = page.NextToken ? { NextToken: page.NextToken } : {};
  } while (next.NextToken);
  const url = (name: ServiceName) => {
    const value = found.get(name);
    if (!value) throw new Error(`there is no parameter ${path}/${name}: apply the shop's topology first`);
    return value;
  };
  return { inventory: url("inventory"), delivery: url("delivery"), payment: url("payment") };
}
