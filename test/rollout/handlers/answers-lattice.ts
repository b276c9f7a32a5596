/** A version of a service as a Lambda function behind Lattice. */
export const handler = async () => ({
  isBase64Encoded: false,
  statusCode: 200,
  headers: { "content-type": "text/plain" },
  body: "fine",
});
