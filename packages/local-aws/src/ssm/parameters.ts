import type { Parameter, ParameterType } from "@aws-sdk/client-ssm";
import type { Platform } from "../platform.ts";

/** A parameter as it is kept; there is no KMS here, so a SecureString is kept as it was given. */
interface StoredParameter {
  readonly name: string;
  readonly value: string;
  readonly type: ParameterType;
  readonly version: number;
  /** AWS time, milliseconds. */
  readonly modifiedAt: number;
}

/** The parameters of Parameter Store by name. */
export interface Parameters {
  get(nameOrArn: string): StoredParameter | undefined;
  put(parameter: StoredParameter): void;
  delete(nameOrArn: string): boolean;
  /** In the order of their names. */
  all(): readonly StoredParameter[];
  /** The ARN that permissions name it by. */
  arn(nameOrArn: string): string;
  /** As the API shows it. Without `decrypt` the text of a SecureString stays hidden. */
  shown(parameter: StoredParameter, decrypt: boolean | undefined): Parameter;
}

export function parameters({
  region,
  account,
  storage,
}: Pick<Platform, "region" | "account" | "storage">): Parameters {
  const stored = storage.map<StoredParameter>("ssm.parameters");
  const prefix = `arn:aws:ssm:${region}:${account}:parameter/`;
  const named = (nameOrArn: string) => {
    if (!nameOrArn.startsWith(prefix)) return nameOrArn;
    const rest = nameOrArn.slice(prefix.length);
    return stored.has(rest) ? rest : `/${rest}`;
  };
  const arn = (nameOrArn: string) => prefix + named(nameOrArn).replace(/^\//, "");

  return {
    get: (nameOrArn) => stored.get(named(nameOrArn)),
    put: (parameter) => void stored.set(parameter.name, parameter),
    delete: (nameOrArn) => stored.delete(named(nameOrArn)),
    all: () => [...stored.values()].sort((a, b) => (a.name < b.name ? -1 : 1)),
    arn,
    shown: ({ name, value, type, version, modifiedAt }, decrypt) => ({
      Name: name,
      Type: type,
      Value: type === "SecureString" && !decrypt ? Buffer.from(value).toString("base64") : value,
      Version: version,
      LastModifiedDate: new Date(modifiedAt),
      ARN: arn(name),
      DataType: "text",
    }),
  };
}
