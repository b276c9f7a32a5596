import { readFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { delivery } from "./delivery.ts";
import { faults } from "./faults.ts";
import { inventory } from "./inventory.ts";
import { payment } from "./payment.ts";
import { type ShopService, settings } from "./settings.ts";
import { shopServer } from "./shop-server.ts";

const services = { inventory, delivery, payment } satisfies Record<ShopService, unknown>;

/** Stopping takes no longer than this, whoever keeps a connection open. */
const GRACE_MS = 10_000;

const { service, version, host, port, errorRate, seed, tls } = settings(process.env);
const server = shopServer({
  routes: services[service](version),
  version,
  fails: faults(errorRate, seed),
  tls: tls && { cert: readFileSync(tls.certificate, "utf8"), key: readFileSync(tls.key, "utf8") },
});

server.listen(port, host, () => {
  const { address, port } = server.address() as AddressInfo;
  console.log(JSON.stringify({ message: "listening", service, version, address, port }));
});

for (const signal of ["SIGTERM", "SIGINT"]) {
  process.once(signal, () => {
    server.close(() => process.exit(0));
    setTimeout(() => server.closeAllConnections(), GRACE_MS).unref();
  });
}
