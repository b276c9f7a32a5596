import type { ServiceName } from "../platform.ts";
import { awsJson } from "./aws-json.ts";
import { awsQuery } from "./aws-query.ts";
import type { Protocol } from "./protocol.ts";
import { restJson } from "./rest-json.ts";
import { type ServiceSchemas, schemasOf } from "./schemas.ts";

/** A service as its SDK client knows it. */
interface CataloguedService {
  readonly schemas: ServiceSchemas;
  readonly protocol: Protocol;
}

/** The service's schemas and protocol, loaded when it is first asked for; undefined for one without an SDK client here. */
export type Catalogue = (service: string) => Promise<CataloguedService> | undefined;

export function catalogue(): Catalogue {
  const loaded = new Map<string, Promise<CataloguedService>>();
  return (service) => {
    const known = loaded.get(service);
    if (known !== undefined) return known;
    const entry = new Map<string, Entry>(Object.entries(entries)).get(service);
    if (entry === undefined) return undefined;
    const loading = entry.client().then((client) => {
      const schemas = schemasOf(client);
      return { schemas, protocol: entry.protocol(schemas) };
    });
    loaded.set(service, loading);
    return loading;
  };
}

interface Entry {
  readonly client: () => Promise<Readonly<Record<string, unknown>>>;
  readonly protocol: (schemas: ServiceSchemas) => Protocol;
}

const json10 = (schemas: ServiceSchemas) => awsJson(schemas, "1.0");
const json10AfterQuery = (schemas: ServiceSchemas) => awsJson(schemas, "1.0", { queryCompatible: true });
const json11 = (schemas: ServiceSchemas) => awsJson(schemas, "1.1");
const elbNamespace = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";
const iamNamespace = "https://iam.amazonaws.com/doc/2010-05-08/";
const stsNamespace = "https://sts.amazonaws.com/doc/2011-06-15/";

const entries: Partial<Record<ServiceName, Entry>> = {
  acm: { client: () => import("@aws-sdk/client-acm"), protocol: json11 },
  dynamodb: { client: () => import("@aws-sdk/client-dynamodb"), protocol: json10 },
  elasticloadbalancing: {
    client: () => import("@aws-sdk/client-elastic-load-balancing-v2"),
    protocol: (schemas) => awsQuery(schemas, elbNamespace),
  },
  events: { client: () => import("@aws-sdk/client-eventbridge"), protocol: json11 },
  iam: {
    client: () => import("@aws-sdk/client-iam"),
    protocol: (schemas) => awsQuery(schemas, iamNamespace),
  },
  lambda: { client: () => import("@aws-sdk/client-lambda"), protocol: restJson },
  logs: { client: () => import("@aws-sdk/client-cloudwatch-logs"), protocol: json11 },
  monitoring: { client: () => import("@aws-sdk/client-cloudwatch"), protocol: json10AfterQuery },
  ram: { client: () => import("@aws-sdk/client-ram"), protocol: restJson },
  scheduler: { client: () => import("@aws-sdk/client-scheduler"), protocol: restJson },
  sqs: { client: () => import("@aws-sdk/client-sqs"), protocol: json10AfterQuery },
  ssm: { client: () => import("@aws-sdk/client-ssm"), protocol: json11 },
  states: { client: () => import("@aws-sdk/client-sfn"), protocol: json10 },
  sts: {
    client: () => import("@aws-sdk/client-sts"),
    protocol: (schemas) => awsQuery(schemas, stsNamespace),
  },
  "vpc-lattice": { client: () => import("@aws-sdk/client-vpc-lattice"), protocol: restJson },
};
