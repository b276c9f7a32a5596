import { connect } from "node:http2";
import { type Dispatcher, request } from "undici";
import type { HealthCheck } from "../../control-plane/health-check-config.ts";
import type { AddressBook } from "./address-book.ts";
import type { Probe } from "./health-checks.ts";
import { passes } from "./target-health.ts";

const userAgent = "Amazon-VPC-Lattice-Health-Check";

/** Probes over HTTP/1.1 and HTTP/2. The time-out is wall time: it bounds a socket. */
export function httpProbe(dispatcher: Dispatcher, addresses: Pick<AddressBook, "resolve">): Probe {
  return async (target, port, check) => {
    const address = addresses.resolve(target.target, port);
    if (address === undefined || check.protocol === "TCP") return false;
    const origin = `${check.protocol.toLowerCase()}://${address}`;
    const asked =
      check.protocolVersion === "HTTP2" ? overHttp2(origin, check) : overHttp1(origin, check, dispatcher);
    return asked.then(
      (status) => passes(check.matcher.httpCode, status),
      () => false,
    );
  };
}

async function overHttp1(origin: string, check: HealthCheck, dispatcher: Dispatcher): Promise<number> {
  const answer = await request(`${origin}${check.path}`, {
    dispatcher,
    headers: { "user-agent": userAgent },
    signal: AbortSignal.timeout(check.healthCheckTimeoutSeconds * 1000),
  });
  await answer.body.dump();
  return answer.statusCode;
}

/** On a connection of its own, so that one that cannot be made is found out each time. */
function overHttp2(origin: string, check: HealthCheck): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const session = connect(origin, { rejectUnauthorized: false });
  const patience = setTimeout(() => session.destroy(), check.healthCheckTimeoutSeconds * 1000);
  session.on("error", reject);
  session.on("close", () => reject(new Error("the target closed the connection")));
  const stream = session.request({ ":path": check.path, "user-agent": userAgent });
  stream.on("error", reject);
  stream.on("response", (headers) => resolve(Number(headers[":status"])));
  stream.resume();
  return promise.finally(() => {
    clearTimeout(patience);
    session.destroy();
  });
}
