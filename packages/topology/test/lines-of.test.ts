import { describe, expect, test } from "vitest";
import { linesOf } from "../src/index.ts";

const lineOf = linesOf(`name: shop
networks:
  shop:
    vpcs:
      - { vpc: vpc-0123456789abcdef0, securityGroups: ["sg-1"] }
    policy:
      allow:
        - role order, GET /stock
targetGroups: { stock: { type: IP } }
services:
  stock:
    networks:
      - shop
    listeners:
      http:
        rules:
          - name: first
            priority: 1
          - name: second
            priority: 2
`);

describe("the line of a place", () => {
  test.for([
    ["name", 1],
    ["services.stock", 11],
    ["services.stock.listeners.http.rules[1].priority", 20],
    ["services.stock.listeners.http.rules.second", 19],
    ["networks.shop.policy.allow[0]", 8],
    ["networks.shop.vpcs.vpc-0123456789abcdef0", 5],
    ["services.stock.networks.shop", 13],
    ["targetGroups.stock.type", 9],
  ] as const)("%s is %i", ([place, line]) => {
    expect(lineOf(place)).toBe(line);
  });

  test("that is not written is that of what is around it", () => {
    expect(lineOf("services.stock.listeners.http.rules.third")).toBe(16);
    expect(lineOf("services.stock.policy")).toBe(11);
    expect(lineOf("services.juice")).toBe(10);
  });

  test("is unknown where nothing of it is written, or the text is no YAML", () => {
    expect(lineOf("accept")).toBeUndefined();
    expect(linesOf("name: [")("name")).toBeUndefined();
    expect(linesOf("")("name")).toBeUndefined();
  });
});
