import { named } from "../../names.ts";
import type { PaymentAccount } from "./account.ts";
import type { PaymentNetwork } from "./network.ts";
import { userData } from "./user-data.ts";

/** Payment's instances, one a zone; their ids are what to register in Lattice. */
export function paymentInstances(
  { provider }: PaymentAccount,
  { subnets, group }: PaymentNetwork,
): $util.Output<string>[] {
  const image = aws.ssm.getParameterOutput(
    { name: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64" },
    { provider },
  );
  return subnets.map((subnet, zone) => {
    const instance = new aws.ec2.Instance(
      `ShopPayment${zone + 1}`,
      {
        ami: image.value,
        instanceType: "t4g.nano",
        subnetId: subnet.id,
        vpcSecurityGroupIds: [group.id],
        userData: userData(),
        userDataReplaceOnChange: true,
        metadataOptions: { httpTokens: "required" },
        rootBlockDevice: { encrypted: true },
        tags: { Name: named("payment") },
      },
      // A newer image is no reason to replace an instance.
      { provider, ignoreChanges: ["ami"] },
    );
    return instance.id;
  });
}
