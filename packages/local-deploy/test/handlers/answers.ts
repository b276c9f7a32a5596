/** Answers whoever calls through Lattice, and a hook's question, that everything is fine. */
export const handler = async () => ({
  isBase64Encoded: false,
  statusCode: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ answer: "go", reason: "the address agrees" }),
});
