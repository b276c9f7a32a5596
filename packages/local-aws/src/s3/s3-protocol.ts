import { AwsError } from "../aws-error.ts";
import type { Protocol, WireRequest, WireResponse } from "../wire/protocol.ts";
import { xmlText } from "../wire/xml-text.ts";
import { decodeAwsChunked } from "./aws-chunked.ts";
import type { ObjectListing } from "./list-objects.ts";
import type { GetObjectOutput } from "./s3.ts";

/** S3's XML over path-style addresses. Written by hand: the S3 client is not among our dependencies. */
export const s3Protocol: Protocol = {
  decode(request) {
    const [path = "", search = ""] = request.path.split("?", 2);
    const query = new URLSearchParams(search);
    const operation = operationOf(request.method, path, query);
    if (operation === undefined) {
      throw new AwsError(
        "NotImplemented",
        `${request.method} ${request.path} is not offered by this local AWS`,
        501,
      );
    }
    return { operation, input: inputOf(request, path, query) };
  },
  encode(operation, output, requestId) {
    const headers = { "x-amz-request-id": requestId };
    switch (operation) {
      case "GetObject":
      case "HeadObject":
        return objectResponse(output as GetObjectOutput, headers);
      case "ListObjectsV2":
        return {
          status: 200,
          headers: { ...headers, "content-type": "application/xml" },
          body: listing(output as ObjectListing),
        };
      case "PutObject":
        return { status: 200, headers: { ...headers, etag: (output as { ETag: string }).ETag }, body: "" };
      default:
        return { status: operation === "DeleteObject" ? 204 : 200, headers, body: "" };
    }
  },
  encodeError(error, requestId) {
    const body =
      `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${xmlText(oldCodes[error.code] ?? error.code)}</Code>` +
      `<Message>${xmlText(error.message)}</Message><RequestId>${requestId}</RequestId></Error>`;
    const headers = { "x-amz-request-id": requestId, "content-type": "application/xml" };
    return { status: error.status, headers, body };
  },
};

/** What S3 calls the errors that come before an operation. */
const oldCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: "AccessDenied",
  ExpiredTokenException: "ExpiredToken",
  InvalidSignatureException: "SignatureDoesNotMatch",
  UnrecognizedClientException: "InvalidAccessKeyId",
  MissingAuthenticationTokenException: "AccessDenied",
  IncompleteSignatureException: "AuthorizationHeaderMalformed",
  RequestEntityTooLargeException: "EntityTooLarge",
};

/** Parameters that do not choose another operation (`?acl`, `?versioning` and so on do). */
const plainParameters =
  /^(x-id|list-type|prefix|delimiter|max-keys|continuation-token|encoding-type|fetch-owner|start-after|x-amz-.*)$/i;

function operationOf(method: string, path: string, query: URLSearchParams): string | undefined {
  if (![...query.keys()].every((name) => plainParameters.test(name))) return undefined;
  const isObject = /^\/[^/]+\/.+/.test(path);
  const isBucket = !isObject && /^\/[^/]+\/?$/.test(path);
  switch (method) {
    case "PUT":
      return isObject ? "PutObject" : isBucket ? "CreateBucket" : undefined;
    case "GET":
      return isObject ? "GetObject" : isBucket ? "ListObjectsV2" : undefined;
    case "HEAD":
      return isObject ? "HeadObject" : isBucket ? "HeadBucket" : undefined;
    case "DELETE":
      return isObject ? "DeleteObject" : undefined;
    default:
      return undefined;
  }
}

function inputOf({ headers, body }: WireRequest, path: string, query: URLSearchParams) {
  const [, bucket = "", key = ""] = /^\/([^/]+)\/?(.*)$/.exec(path) ?? [];
  const chunked =
    headers["content-encoding"]?.includes("aws-chunked") ||
    headers["x-amz-content-sha256"]?.startsWith("STREAMING-");
  const given = {
    Prefix: query.get("prefix"),
    Delimiter: query.get("delimiter"),
    MaxKeys: query.has("max-keys") ? Number(query.get("max-keys")) : undefined,
    ContinuationToken: query.get("continuation-token"),
    ContentType: headers["content-type"],
    IfNoneMatch: headers["if-none-match"],
  };
  return {
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null && value !== undefined)),
    Bucket: decoded(bucket),
    Key: decoded(key),
    Body: chunked ? decodeAwsChunked(body) : body,
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (cause) {
    throw new AwsError("InvalidURI", "Couldn't parse the specified URI.", 400, {}, { cause });
  }
}

function objectResponse(output: GetObjectOutput, headers: Record<string, string>): WireResponse {
  return {
    status: 200,
    headers: {
      ...headers,
      etag: output.ETag,
      "content-type": output.ContentType,
      "last-modified": output.LastModified.toUTCString(),
    },
    body: output.Body,
  };
}

function listing(output: ObjectListing): string {
  const contents = output.Contents.map(
    ({ key, etag, modifiedAt, size }) =>
      `<Contents><Key>${xmlText(key)}</Key><LastModified>${new Date(modifiedAt).toISOString()}</LastModified>` +
      `<ETag>${xmlText(etag)}</ETag><Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
  );
  const prefixes = output.CommonPrefixes.map(
    (prefix) => `<CommonPrefixes><Prefix>${xmlText(prefix)}</Prefix></CommonPrefixes>`,
  );
  const token = output.NextContinuationToken;
  const next = token === undefined ? "" : `<NextContinuationToken>${xmlText(token)}</NextContinuationToken>`;
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>${xmlText(output.Name)}</Name>` +
    `<Prefix>${xmlText(output.Prefix)}</Prefix><KeyCount>${output.KeyCount}</KeyCount><MaxKeys>${output.MaxKeys}</MaxKeys>` +
    `<IsTruncated>${output.IsTruncated}</IsTruncated>${next}${contents.join("")}${prefixes.join("")}</ListBucketResult>`
  );
}
