import { AwsError } from "../../packages/local-aws/src/aws-error.ts";

/** What the functions of the recordings did, by the name of their source. Each is a fake of a Lambda function. */
const behaviours: Readonly<Record<string, (event: unknown) => { payload: unknown; failed?: true }>> = {
  id_function: (event) => ({ payload: event }),
  lambda_id_function: (event) => ({ payload: event }),
  echo_function: (event) => ({ payload: event }),
  lambda_echo: (event) => ({ payload: event }),
  return_bytes_str: () => ({ payload: "HelloWorld!" }),
  raise_exception: () => raised("Exception", "Some exception was raised."),
  raise_custom_exception: () => raised("CustomException", ""),
};

function raised(errorType: string, errorMessage: string): { payload: unknown; failed: true } {
  return { payload: { errorMessage, errorType, requestId: "uuid", stackTrace: [] }, failed: true };
}

/** A fake of Lambda's Invoke over the functions of one recording (name to behaviour). */
export function recordedFunctions(functions: Readonly<Record<string, string>>) {
  return ({ FunctionName, Payload }: { FunctionName: string; Payload: Uint8Array }) => {
    const name = FunctionName.split(":").at(-1) ?? "";
    const behaviour = behaviours[functions[name] ?? ""];
    if (behaviour === undefined)
      throw new AwsError("ResourceNotFoundException", `Function not found: ${FunctionName}`, 404);
    const { payload, failed } = behaviour(JSON.parse(Buffer.from(Payload).toString()));
    return {
      StatusCode: 200,
      ExecutedVersion: "$LATEST",
      Payload: Buffer.from(JSON.stringify(payload)),
      ...(failed ? { FunctionError: "Unhandled" } : {}),
    };
  };
}
