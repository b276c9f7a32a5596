import { XmlCodec } from "@aws-sdk/core/protocols";
import type { StaticStructureSchema } from "@smithy/types";
import { AwsError } from "../aws-error.ts";
import type { Protocol } from "./protocol.ts";
import { queryInput } from "./query-form.ts";
import type { ServiceSchemas } from "./schemas.ts";
import { xmlText } from "./xml-text.ts";

/** What the older protocol calls the errors that the newer ones have renamed. */
const oldCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  ExpiredTokenException: "ExpiredToken",
  IncompleteSignatureException: "IncompleteSignature",
  InvalidSignatureException: "SignatureDoesNotMatch",
  MissingAuthenticationTokenException: "MissingAuthenticationToken",
  UnknownOperationException: "InvalidAction",
  UnrecognizedClientException: "InvalidClientTokenId",
  ValidationException: "ValidationError",
};

const responseMetadata: StaticStructureSchema = [3, "local", "ResponseMetadata", 0, ["RequestId"], [0]];

/**
 * awsQuery: a form in, XML out.
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function awsQuery(schemas: ServiceSchemas, xmlNamespace: string): Protocol {
  const dateTime = 5;
  const serializer = new XmlCodec({
    timestampFormat: { useTrait: true, default: dateTime },
    httpBindings: false,
    xmlNamespace,
    serviceNamespace: "local",
  }).createSerializer();
  const headersOf = (requestId: string) => ({ "content-type": "text/xml", "x-amzn-requestid": requestId });

  return {
    decode({ body }) {
      const form = new URLSearchParams(body.toString("utf8"));
      const action = form.get("Action") ?? "";
      const operation = schemas.operations.get(action);
      if (operation === undefined) {
        throw new AwsError("UnknownOperationException", `there is no operation "${action}"`, 400);
      }
      return { operation: operation.name, input: queryInput(operation.input, form) };
    },
    encode(name, output, requestId) {
      const result = schemas.operations.get(name)?.output;
      const names = ["ResponseMetadata"];
      const members: StaticStructureSchema[5] = [responseMetadata];
      if (result?.isStructSchema()) {
        names.unshift(`${name}Result`);
        members.unshift(result.getSchema());
      }
      const envelope: StaticStructureSchema = [3, "local", `${name}Response`, 0, names, members];
      serializer.write(envelope, {
        [`${name}Result`]: output ?? {},
        ResponseMetadata: { RequestId: requestId },
      });
      return { status: 200, headers: headersOf(requestId), body: serializer.flush() };
    },
    encodeError(error, requestId) {
      const known = schemas.errors.get(error.code);
      const status = known?.status ?? error.status;
      const code = known?.queryError ?? oldCodes[error.code] ?? error.code;
      const type = status < 500 ? "Sender" : "Receiver";
      const body =
        `<ErrorResponse xmlns="${xmlNamespace}"><Error><Type>${type}</Type><Code>${xmlText(code)}</Code>` +
        `<Message>${xmlText(error.message)}</Message></Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
      return { status, headers: headersOf(requestId), body };
    },
  };
}
