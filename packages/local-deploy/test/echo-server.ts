import { createServer } from "node:http";

// A container for tests: says who it is.
createServer((_, response) => response.end(process.env.WHO)).listen(
  Number(process.env.PORT),
  process.env.HOST,
);
