/// <reference path="./.sst/platform/config.d.ts" />

export default $config({
  app: ({ stage }) => ({
    name: "espalier",
    home: "aws",
    removal: stage === "production" ? "retain" : "remove",
    protect: stage === "production",
    providers: { aws: { region: (process.env.AWS_REGION ?? "us-east-1") as aws.Region } },
  }),
  async run() {
    const { espalier } = await import("./stacks/espalier.ts");
    const { hookNetwork } = await import("./stacks/hook-network.ts");
    const { shop } = await import("./stacks/shop/shop.ts");
    const { shopTopologies } = await import("./stacks/shop/topologies.ts");
    const sample = process.env.ESPALIER_SHOP === "true" ? shop() : undefined;
    const { outputs, door } = espalier({
      hooksFrom: hookNetwork(process.env) ?? sample?.callers,
      topologyRoles: sample && [sample.outputs.paymentRole],
    });
    if (sample) shopTopologies(door, { values: sample.outputs, payment: sample.payment });
    return { ...outputs, ...sample?.outputs };
  },
});
