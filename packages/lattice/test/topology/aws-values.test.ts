import { fillTextFrom } from "@espalier/topology";
import { expect, test } from "vitest";
import { awsValues } from "../../src/index.ts";
import { runningLattice } from "./running-lattice.ts";

const named = (name: string) => `$\{${name}}`;

test("a document takes values from parameters, and knows its account and region", async () => {
  const { aws } = await runningLattice();
  const put = (Name: string, Value: string, Type = "String") =>
    aws.call("ssm", "PutParameter", { Name, Value, Type });
  for (let at = 0; at < 12; at++) await put(`/shop/address-${at}`, `10.0.0.${at}`);
  await put("/shop/zones", "a,b", "StringList");
  const values = awsValues({ endpoint: aws.endpoint, region: aws.region, credentials: aws.credentials });
  const addresses = Array.from({ length: 12 }, (_, at) => named(`ssm:/shop/address-${at}`));
  const text = JSON.stringify({
    addresses,
    zones: named("ssm:/shop/zones"),
    at: ["account", "region", "stage"].map(named).join(" "),
  });
  expect(await fillTextFrom(text, { stage: "dev" }, values, "shop.yaml")).toEqual({
    addresses: addresses.map((_, at) => `10.0.0.${at}`),
    zones: ["a", "b"],
    at: "123456789012 us-east-1 dev",
  });
});

test("a parameter that is not there, or is a secret, is told with its place", async () => {
  const { aws } = await runningLattice();
  await aws.call("ssm", "PutParameter", { Name: "/shop/key", Value: "secret", Type: "SecureString" });
  const values = awsValues({ endpoint: aws.endpoint, region: aws.region, credentials: aws.credentials });
  const text = JSON.stringify({ tags: { key: named("ssm:/shop/key"), other: named("ssm:/shop/other") } });
  await expect(fillTextFrom(text, {}, values, "shop.yaml")).rejects.toThrow(
    [
      'shop.yaml: tags.key needs the parameter "/shop/key", and no String or StringList of this name can be read',
      'shop.yaml: tags.other needs the parameter "/shop/other", and no String or StringList of this name can be read',
    ].join("\n"),
  );
});
