/** The account in which payment lives, and the provider that makes things there. */
export interface PaymentAccount {
  readonly provider: aws.Provider;
  /** Twelve digits. */
  readonly id: string;
}

/** Every service that the account has, as policies name them. */
export const servicesOf = ({ id }: PaymentAccount): $util.Output<string> => {
  const { partition } = aws.getPartitionOutput();
  const { region } = aws.getRegionOutput();
  return $interpolate`arn:${partition}:vpc-lattice:${region}:${id}:service/*`;
};

/**
 * Payment's account, from the ARN of a role there that whoever deploys may assume. Throws where that is not set: payment in
 * an account of its own is what the sample is there to show.
 */
export function paymentAccount(): PaymentAccount {
  const roleArn = process.env.ESPALIER_SHOP_PAYMENT_ROLE ?? "";
  const id = /^arn:[\w-]+:iam::(\d{12}):role\/.+$/.exec(roleArn)?.[1];
  if (id === undefined)
    throw new Error(
      `ESPALIER_SHOP_PAYMENT_ROLE is "${roleArn}"; it is the ARN of a role in payment's account that you may assume`,
    );
  const { region } = aws.getRegionOutput();
  const provider = new aws.Provider("ShopPayment", {
    region: region.apply((name) => name as aws.Region),
    assumeRoles: [{ roleArn }],
  });
  return { provider, id };
}
