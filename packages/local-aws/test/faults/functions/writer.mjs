import { PutParameterCommand, SSMClient } from "@aws-sdk/client-ssm";

const client = new SSMClient({});

/** Writes parameters, one after the other. */
export const writes = async ({ names }) => {
  for (const Name of names) await client.send(new PutParameterCommand({ Name, Value: "x", Type: "String" }));
  return names.length;
};
