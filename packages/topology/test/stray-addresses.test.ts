import { describe, expect, test } from "vitest";
import { plan, strayAddresses } from "../src/index.ts";
import { stall } from "./build-document.ts";
import { modelLattice } from "./model-lattice.ts";

const planned = plan(stall(), modelLattice().existing());
const warnings = [{ address: "services", sentence: "makes 2001 services", confirm: true }];
const strays = (...listed: string[]) =>
  strayAddresses({ ...planned, warnings }, "adopt", listed).map(({ message }) => message);

describe("an address that is listed", () => {
  test.for([
    "services.fruit",
    "services.fruit.listeners.http.rules.apples",
    "services",
    "services.*",
    "services.fru*",
    "*",
    "networks.market.vpcs",
  ])("%s is of something", (one) => {
    expect(strays(one)).toEqual([]);
  });

  test.for([
    ["services.friut", "services.fruit"],
    ["services.fruit.listeners.http.rules.aples", "services.fruit.listeners.http.rules.apples"],
    ["service.fruit", "services"],
    ["networks.markt*", "networks.market"],
  ] as const)("%s is of nothing, and the nearest is %s", ([one, near]) => {
    expect(strays("services.fruit", one)).toEqual([
      `has ${one}, and nothing in the plan has this address; the nearest is ${near}`,
    ]);
  });

  test("is of nothing where there is nothing", () => {
    expect(strayAddresses({ changes: [], warnings: [] }, "accept", ["services.fruit"])).toEqual([
      { place: "accept", message: "has services.fruit, and nothing in the plan has this address" },
    ]);
  });
});
