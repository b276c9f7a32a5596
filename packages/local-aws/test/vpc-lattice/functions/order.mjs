export const handler = async ({ path, requestContext }) => {
  const stock = await fetch(`${process.env.INVENTORY_URL}/stock`);
  const body = { path, principal: requestContext.identity.principal, stock: await stock.text() };
  return {
    statusCode: stock.status,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  };
};
