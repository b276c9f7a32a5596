import { EventEmitter } from "node:events";
import dynalite from "dynalite";
import { AwsError } from "../aws-error.ts";
import type { Platform } from "../platform.ts";

/** Runs one DynamoDB operation on its JSON form. Throws AwsError as DynamoDB words it. */
export type DynamoEngine = (operation: string, body: string) => Promise<string>;

/**
 * dynalite, driven without a socket: it is an HTTP server that is never bound, so that nothing reaches it but by this
 * function, after the permissions were checked. It holds its tables in memory.
 */
export function dynamoEngine({ account, region }: Pick<Platform, "account" | "region">): DynamoEngine {
  const server = withEnvironment({ AWS_ACCOUNT_ID: account, AWS_REGION: region }, () =>
    dynalite({ createTableMs: 0, deleteTableMs: 0, updateTableMs: 0 }),
  );
  return (operation, body) =>
    new Promise((resolve, reject) => {
      const request = Object.assign(new EventEmitter(), {
        method: "POST",
        url: "/",
        headers: {
          "content-type": "application/x-amz-json-1.0",
          "x-amz-target": `DynamoDB_20120810.${operation}`,
          "x-amz-date": "present",
          authorization: "AWS4-HMAC-SHA256 Credential=checked, SignedHeaders=checked, Signature=checked",
        },
      });
      const response = {
        statusCode: 200,
        setHeader() {},
        end(text: string) {
          if (response.statusCode === 200) resolve(text);
          else reject(errorOf(text, response.statusCode));
        },
      };
      // What dynalite does not expect in an input, it throws out of its listeners while it checks the input.
      try {
        server.emit("request", request, response);
        request.emit("data", Buffer.from(body));
        request.emit("end");
      } catch (cause) {
        const message = "The input cannot be read as one of this operation.";
        reject(new AwsError("SerializationException", message, 400, {}, { cause }));
      }
    });
}

/** dynalite reads its account and region from the environment, once, when it is made. */
function withEnvironment<Made>(variables: Readonly<Record<string, string>>, make: () => Made): Made {
  const before = { ...process.env };
  Object.assign(process.env, variables);
  try {
    return make();
  } finally {
    for (const name of Object.keys(variables)) {
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
    }
  }
}

/** `{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"…"}` and the like. */
function errorOf(text: string, status: number): AwsError {
  const { __type = "", message, Message, ...members } = JSON.parse(text) as Record<string, unknown>;
  const code = String(__type).slice(String(__type).indexOf("#") + 1);
  return new AwsError(code, String(message ?? Message ?? code), status, members);
}
