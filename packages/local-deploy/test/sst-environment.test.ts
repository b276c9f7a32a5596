import { describe, expect, test } from "vitest";
import { sstEnvironment } from "../src/sst/sst-environment.ts";

const target = {
  endpoint: "http://127.0.0.1:4000",
  account: "123456789012",
  region: "us-east-1",
  credentials: { accessKeyId: "AKIALOCAL", secretAccessKey: "local" },
  configHome: "/config",
  pulumi: "/config/sst/bin/pulumi",
  graph: "/graph.json",
  shop: true,
};

describe("the environment of sst", () => {
  test("leads to the embedded AWS and nowhere else, whatever its caller had set", () => {
    const environment = sstEnvironment(
      {
        PATH: "/bin",
        AWS_PROFILE: "production",
        AWS_SESSION_TOKEN: "real",
        AWS_ENDPOINT_URL_SSM: "https://ssm.us-east-1.amazonaws.com",
        AWS_SECRET_ACCESS_KEY: "real",
        SST_STAGE: "production",
      },
      target,
    );
    expect(Object.values(environment)).not.toContain("real");
    expect(
      Object.keys(environment)
        .filter((name) => /^AWS_/.test(name))
        .sort(),
    ).toEqual([
      "AWS_ACCESS_KEY_ID",
      "AWS_CONFIG_FILE",
      "AWS_EC2_METADATA_DISABLED",
      "AWS_ENDPOINT_URL",
      "AWS_REGION",
      "AWS_SECRET_ACCESS_KEY",
      "AWS_SHARED_CREDENTIALS_FILE",
    ]);
    expect(environment).toMatchObject({ PATH: "/bin", AWS_ENDPOINT_URL: "http://127.0.0.1:4000" });
    expect(environment).not.toHaveProperty("SST_STAGE");
  });

  test("says whether the shop is wanted", () => {
    expect(sstEnvironment({ ESPALIER_SHOP: "true" }, { ...target, shop: false }).ESPALIER_SHOP).toBe("false");
  });
});
