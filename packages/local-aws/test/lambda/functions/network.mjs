import http from "node:http";
import net from "node:net";
import tls from "node:tls";

export const fetches = async ({ url }) => {
  try {
    const response = await fetch(url);
    return { status: response.status, text: await response.text() };
  } catch (error) {
    return { error: error.cause?.message ?? error.message };
  }
};
const settled = (socket) =>
  new Promise((resolve) => {
    socket.on("error", (error) => resolve({ error: error.message }));
    socket.on("connect", () => resolve({ connected: true }));
  });
export const gets = ({ url }) =>
  new Promise((resolve) => {
    http
      .get(url, (response) =>
        response.toArray().then((chunks) => resolve({ text: Buffer.concat(chunks).toString() })),
      )
      .on("error", (error) => resolve({ error: error.message }));
  });
export const connects = ({ arguments: given }) => settled(net.connect(...given));
export const secures = ({ host }) => settled(tls.connect({ host, port: 443 }));
export const opens = ({ port, host }) => settled(new net.Socket().connect(port, host));
