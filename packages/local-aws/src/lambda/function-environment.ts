import type { FunctionSettings } from "./function-settings.ts";

/** Credentials of a session of a role. */
export interface SessionCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/**
 * All of a function's environment: its own variables and those that Lambda reserves, nothing of this process.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function functionEnvironment(
  { name, directory, handler, environment, memoryMb }: FunctionSettings,
  surroundings: {
    readonly region: string;
    readonly endpoint: string;
    readonly logStream: string;
    readonly credentials: SessionCredentials;
  },
): Record<string, string> {
  const { region, endpoint, logStream, credentials } = surroundings;
  return {
    LANG: "en_US.UTF-8",
    TZ: ":UTC",
    PATH: "",
    // The SDK must not read the configuration of whoever runs this.
    HOME: directory,
    AWS_EC2_METADATA_DISABLED: "true",
    ...environment,
    _HANDLER: handler,
    LAMBDA_TASK_ROOT: directory,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
    AWS_SESSION_TOKEN: credentials.sessionToken,
  };
}
