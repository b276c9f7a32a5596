import type { Protocol } from "../wire/protocol.ts";
import { xmlText } from "../wire/xml-text.ts";

const namespace = "http://ec2.amazonaws.com/doc/2016-11-15/";

/** The elements that hold lists or members of their own, where they have other names than these. */
const elementNames: Readonly<Record<string, string>> = {
  Vpcs: "vpcSet",
  Subnets: "subnetSet",
  SecurityGroups: "securityGroupInfo",
  Reservations: "reservationSet",
  Instances: "instancesSet",
  State: "instanceState",
};

/**
 * EC2's own form of the query protocol: `VpcId.1=…` in, XML out. By hand, for the few operations that are offered: the EC2
 * client with its schemas is larger than all the others together.
 * https://smithy.io/2.0/aws/protocols/aws-ec2-query-protocol.html
 */
export const ec2Protocol: Protocol = {
  decode({ body }) {
    const form = new URLSearchParams(body.toString("utf8"));
    const input: Record<string, unknown> = {};
    for (const [name, value] of form) {
      const list = /^(\w+)\.\d+$/.exec(name)?.[1];
      if (list === undefined) input[name] = value;
      else input[`${list}s`] = [...((input[`${list}s`] as string[] | undefined) ?? []), value];
    }
    const filters = filtersOf(form);
    return {
      operation: form.get("Action") ?? "",
      input: filters.length === 0 ? input : { ...input, Filters: filters },
    };
  },
  encode: (operation, output, requestId) => ({
    status: 200,
    headers: headersOf(requestId),
    body: `<${operation}Response xmlns="${namespace}"><requestId>${requestId}</requestId>${elements(output)}</${operation}Response>`,
  }),
  encodeError({ code, message, status }, requestId) {
    const error = `<Code>${xmlText(codes[code] ?? code)}</Code><Message>${xmlText(message)}</Message>`;
    const body = `<Response><Errors><Error>${error}</Error></Errors><RequestID>${requestId}</RequestID></Response>`;
    return { status, headers: headersOf(requestId), body };
  },
};

const codes: Readonly<Record<string, string>> = {
  AccessDeniedException: "UnauthorizedOperation",
  InvalidSignatureException: "SignatureDoesNotMatch",
  UnknownOperationException: "InvalidAction",
  UnrecognizedClientException: "AuthFailure",
};

const headersOf = (requestId: string) => ({
  "content-type": "text/xml;charset=UTF-8",
  "x-amzn-requestid": requestId,
});

function filtersOf(form: URLSearchParams): { readonly Name: string; readonly Values: readonly string[] }[] {
  const filters: { Name: string; Values: string[] }[] = [];
  for (let index = 1; form.has(`Filter.${index}.Name`); index += 1) {
    const values = [...form]
      .filter(([name]) => name.startsWith(`Filter.${index}.Value.`))
      .map(([, value]) => value);
    filters.push({ Name: form.get(`Filter.${index}.Name`) ?? "", Values: values });
  }
  return filters;
}

function elements(value: unknown): string {
  if (typeof value !== "object" || value === null) {
    if (value === undefined || value === null) return "";
    return xmlText(String(value));
  }
  return Object.entries(value)
    .map(([name, member]) => {
      const own = typeof member === "object" ? elementNames[name] : undefined;
      const element = own ?? name.charAt(0).toLowerCase() + name.slice(1);
      const inner = Array.isArray(member)
        ? member.map((item) => `<item>${elements(item)}</item>`).join("")
        : elements(member);
      return `<${element}>${inner}</${element}>`;
    })
    .join("");
}
