import { once } from "node:events";
import { connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { openDoor } from "../../src/vpc-lattice/data-plane/door/door.ts";
import { doorLimits } from "../../src/vpc-lattice/data-plane/door/limits.ts";
import type { Exchange } from "../../src/vpc-lattice/data-plane/exchange.ts";

async function doorTo(serve: (exchange: Exchange) => void): Promise<number> {
  const house = { serve, contextOf: async () => undefined, passThrough: () => false };
  const door = await openDoor(house, doorLimits);
  onTestFinished(() => door.close());
  return door.port;
}

test("A caller that stops in the middle of its request is let go after the idle time, over HTTP/1.1 and HTTP/2", async () => {
  const gone: string[] = [];
  const port = await doorTo((exchange) => {
    exchange.onGone(() => gone.push(exchange.protocol));
    exchange
      .body(100)
      .on("error", () => undefined)
      .resume();
  });
  const socket = connect(port, "127.0.0.1").resume();
  const closed = once(socket, "close");
  socket.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nsome");
  await closed;
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  onTestFinished(() => session.destroy());
  const stream = session.request({ ":method": "POST", ":path": "/" });
  stream.on("error", () => undefined);
  stream.write("some");
  await once(stream, "close");
  expect(stream.rstCode).toBe(constants.NGHTTP2_CANCEL);
  expect(gone).toEqual(["HTTP/1.1", "HTTP/2"]);
});

test("A caller that has sent all of its request is waited for longer than that", async () => {
  const whole = Promise.withResolvers<Exchange>();
  const port = await doorTo((exchange) => {
    const body = exchange.body(100).on("error", () => undefined);
    body.on("end", () => whole.resolve(exchange)).resume();
  });
  const sent = fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: "all" });
  const exchange = await whole.promise;
  // Another caller, who comes later and is let go, tells that the time is over.
  const stopping = connect(port, "127.0.0.1").resume();
  stopping.write("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nsome");
  await once(stopping, "close");
  exchange.begin(200, ["content-length", "4"]);
  exchange.end(Buffer.from("late"));
  expect(await (await sent).text()).toBe("late");
});
