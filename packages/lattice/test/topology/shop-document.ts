import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fillText, readDocument, type TopologyDocument } from "@espalier/topology";
import { securityGroup, vpc } from "./running-lattice.ts";

const file = fileURLToPath(new URL("./shop.yaml", import.meta.url));

/** A shop of four services, its containers at fixed IPv4 addresses; `change` alters it before it is read. */
export function shop(change: (written: ReturnType<typeof JSON.parse>) => void = () => {}): TopologyDocument {
  const balancer = (host: number) => [`10.0.10.${host}`, `10.0.11.${host}`];
  const values = {
    shopVpc: vpc,
    shopSecurityGroup: securityGroup,
    orderFunction: "arn:aws:lambda:us-east-1:123456789012:function:order",
    orderRole: "arn:aws:iam::123456789012:role/order",
    inventoryV1: balancer(10),
    inventoryV2: balancer(11),
    inventoryV3: balancer(12),
    delivery: balancer(13),
    payment: balancer(14),
  };
  const written = fillText(readFileSync(file, "utf8"), values, "shop.yaml");
  change(written);
  return readDocument(written);
}
