import { GetParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import type { ValueSources } from "@espalier/topology";

type Settings = ConstructorParameters<typeof SSMClient>[0] & ConstructorParameters<typeof STSClient>[0];

/** The values that a document takes from AWS. Secrets are none: what a document says is seen by whoever sees Lattice. */
export const awsValues = (settings: Settings = {}): ValueSources => ({
  async readParameters(names) {
    const client = new SSMClient(settings);
    const values: Record<string, string | string[]> = {};
    for (let first = 0; first < names.length; first += atOnce) {
      const Names = names.slice(first, first + atOnce);
      const { Parameters = [] } = await client.send(new GetParametersCommand({ Names }));
      for (const { Name = "", Type, Value = "" } of Parameters)
        if (Type !== "SecureString") values[Name] = Type === "StringList" ? Value.split(",") : Value;
    }
    return values;
  },
  async whereabouts() {
    const client = new STSClient(settings);
    const { Account = "" } = await client.send(new GetCallerIdentityCommand({}));
    return { account: Account, region: await client.config.region() };
  },
});

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_GetParameters.html */
const atOnce = 10;
