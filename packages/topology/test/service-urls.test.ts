import { expect, test } from "vitest";
import { readDocument } from "../src/document/read-document.ts";
import type { ExistingService } from "../src/existing.ts";
import { serviceUrls } from "../src/service-urls.ts";
import { modelLattice } from "./model-lattice.ts";

const defaultAction = { fixedResponse: 404 };

const document = readDocument({
  name: "shop",
  services: {
    order: {
      listeners: { https: { protocol: "HTTPS", defaultAction }, http: { protocol: "HTTP", defaultAction } },
    },
    stock: { listeners: { http: { protocol: "HTTP", port: 8080, defaultAction } } },
    payment: {
      domain: { name: "payment.shop.example" },
      listeners: { https: { protocol: "HTTPS", defaultAction } },
    },
    silent: {},
  },
});

/** The part of a service that a URL is made of. */
const existing = (name: string, domainName = `${name}.on.aws`) => ({ name, domainName }) as ExistingService;

test("a service is called by HTTP where it can be, at its own domain where it has one, and at its port where that is unusual", () => {
  const services = ["order", "stock", "payment", "silent", "stranger"].map((name) => existing(name));
  expect(serviceUrls(document, { ...modelLattice().existing(), services })).toEqual({
    order: "http://order.on.aws",
    stock: "http://stock.on.aws:8080",
    payment: "https://payment.shop.example",
  });
});

test("a service that Lattice has given no name yet is called nowhere", () => {
  const services = [existing("stock", "")];
  expect(serviceUrls(document, { ...modelLattice().existing(), services })).toEqual({});
});
