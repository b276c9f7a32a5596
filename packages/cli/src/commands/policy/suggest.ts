import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { paginateListAccessLogSubscriptions, VPCLatticeClient } from "@aws-sdk/client-vpc-lattice";
import { readAccessLogs, readPremises } from "@espalier/lattice";
import {
  namedPrincipals,
  type Premises,
  policyDocuments,
  suggestPolicy,
  unusedGrants,
} from "@espalier/policy";
import { defineCommand } from "citty";
import { jsonOption, positive } from "../../common-options.ts";
import { UserError } from "../../fail.ts";
import { spanOf } from "../../span-of.ts";
import { suggestText } from "./suggest-text.ts";

/** `espalier policy suggest`. */
export const suggest = defineCommand({
  meta: {
    name: "suggest",
    description:
      "Read a service's access logs and propose the least policy that allows what was seen and let in. Changes nothing",
  },
  args: {
    service: { type: "positional", required: true, description: "Its name or ARN" },
    since: { type: "string", default: "7d", description: "How far back to read, up to now", valueHint: "7d" },
    most: {
      type: "string",
      default: "500000",
      description: "Lines of the access logs after which no more are read, the oldest first",
      valueHint: "LINES",
    },
    ...jsonOption,
  },
  async run({ args }) {
    const lattice = new VPCLatticeClient({});
    // CloudWatch Logs knows no time before 1970.
    const from = Math.max(0, Date.now() - spanOf("since", args.since));
    const most = positive("most", args.most);
    const premises = await readPremises(
      lattice,
      ({ name, arn }) => name === args.service || arn === args.service,
    );
    const [service] = premises.services;
    if (service === undefined) throw new UserError(`there is no service ${args.service}`);
    const destinations = await destinationsOf(lattice, premises);
    if (destinations.length === 0)
      throw new UserError(
        `neither ${service.name} nor a network that it is in has access logs; add accessLogs to the topology document`,
      );
    const logs = await readAccessLogs(new CloudWatchLogsClient({}), {
      ...{ destinations, from, most, service: service.arn },
    });
    const suggestion = suggestPolicy(service, logs.seen, namedPrincipals(policyDocuments(premises)));
    const unused = unusedGrants(premises, service, logs.seen);
    if (args.json)
      console.log(
        JSON.stringify({ service: service.name, since: args.since, ...logs, ...suggestion, unused }),
      );
    else console.log(suggestText({ service: service.name, since: args.since, logs, suggestion, unused }));
  },
});

/** Where the requests are logged; another account keeps that of its networks and services to itself. */
async function destinationsOf(client: VPCLatticeClient, { networks, services }: Premises): Promise<string[]> {
  const destinations = new Set<string>();
  for (const { arn: resourceIdentifier } of [...services, ...networks])
    try {
      for await (const { items = [] } of paginateListAccessLogSubscriptions(
        { client },
        { resourceIdentifier },
      ))
        for (const { destinationArn } of items)
          if (destinationArn !== undefined) destinations.add(destinationArn);
    } catch (error) {
      if (!(error instanceof Error && error.name === "AccessDeniedException")) throw error;
    }
  return [...destinations];
}
