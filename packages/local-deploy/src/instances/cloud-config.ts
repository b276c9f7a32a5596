import * as z from "zod";
import { DeployError } from "../deploy-error.ts";

/** What user data says, as far as it is followed here. https://docs.cloud-init.io/en/latest/reference/modules.html */
export type CloudConfig = z.infer<typeof CloudConfig>;
const CloudConfig = z.strictObject({
  packages: z.array(z.string()).default([]),
  write_files: z.array(z.strictObject({ path: z.string().startsWith("/"), content: z.string() })).default([]),
  runcmd: z.array(z.array(z.string()).min(1)).default([]),
});

const mark = "#cloud-config\n";

/** Reads the user data of the instance `name`: a cloud-config in JSON. Throws DeployError for any other. */
export function cloudConfig(name: string, userData: string): CloudConfig {
  if (!userData.startsWith(mark)) throw new DeployError(`${name}: its user data is no #cloud-config`);
  try {
    return CloudConfig.parse(JSON.parse(userData.slice(mark.length)));
  } catch (cause) {
    const why = cause instanceof z.ZodError ? z.prettifyError(cause) : "it is not written as JSON";
    throw new DeployError(`${name}: its user data cannot be followed here: ${why}`, { cause });
  }
}
