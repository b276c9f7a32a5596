import * as sdk from "@aws-sdk/client-vpc-lattice";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { schemasOf } from "../../src/wire/schemas.ts";
import { runningLocalAws } from "../running-local-aws.ts";
import { sampleOf } from "../wire/sample.ts";

const { operations } = schemasOf(sdk);

/** Resource gateways and configurations, associations of resources and endpoints, domain verification. */
const outside =
  /ResourceGateway|ResourceConfiguration|ResourceEndpointAssociation|NetworkResourceAssociation|VpcEndpointAssociation|DomainVerification/;

describe("Each operation of the SDK's Lattice client", () => {
  let client: sdk.VPCLatticeClient;
  beforeEach(async () => {
    const { settings } = await runningLocalAws();
    client = new sdk.VPCLatticeClient(settings);
  });
  afterEach(() => client.destroy());

  const send = (name: string): Promise<unknown> => {
    const commands = new Map<string, unknown>(Object.entries(sdk));
    const Command = commands.get(`${name}Command`) as new (input: unknown) => sdk.ListServicesCommand;
    return client.send(new Command(sampleOf(operations.get(name)?.input ?? never())));
  };

  test("is counted here", () => expect(operations.size).toBe(73));

  test.for([...operations.keys()].filter((name) => outside.test(name)))(
    "%s is named as not offered",
    async (name) => {
      await expect(send(name)).rejects.toMatchObject({
        name: "NotImplementedException",
        message: `vpc-lattice:${name} is not offered by this local AWS`,
        $metadata: { httpStatusCode: 501 },
      });
    },
  );

  test.for([...operations.keys()].filter((name) => !outside.test(name)))(
    "%s is offered, and says which fields are wrong",
    async (name) => {
      const failure = await send(name).then(
        () => "none",
        (error: sdk.ValidationException) => error,
      );
      expect(failure).toMatchObject({
        name: "ValidationException",
        reason: "fieldValidationFailed",
        fieldList: expect.arrayContaining([{ name: expect.any(String), message: expect.any(String) }]),
      });
    },
  );
});

function never(): never {
  throw new Error("the SDK has no such operation");
}
