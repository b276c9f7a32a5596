/** The account in which payment lives. */
export interface PaymentAccount {
  /** Makes things there; undefined where it is the account of all else. */
  readonly provider: aws.Provider | undefined;
  /** Twelve digits. */
  readonly id: $util.Input<string>;
}

/** Every service that the account has, as policies name them. */
export const servicesOf = ({ id }: PaymentAccount): $util.Output<string> => {
  const { partition } = aws.getPartitionOutput();
  const { region } = aws.getRegionOutput();
  return $interpolate`arn:${partition}:vpc-lattice:${region}:${id}:service/*`;
};

/**
 * Payment's account, from the ARN of a role there that whoever deploys may assume; where none is named, the account of all
 * else. Throws where what is named is no role.
 */
export function paymentAccount(): PaymentAccount {
  const roleArn = process.env.ESPALIER_SHOP_PAYMENT_ROLE ?? "";
  if (roleArn === "") return { provider: undefined, id: aws.getCallerIdentityOutput().accountId };
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
