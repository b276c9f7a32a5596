import { type PaymentAccount, paymentAccount } from "./account.ts";
import { type PaymentDomain, paymentDomain } from "./domain.ts";
import { paymentInstances } from "./instances.ts";
import { paymentNetwork } from "./network.ts";

/** Payment, as the rest of the shop and its topology need to know it. */
export interface Payment {
  readonly account: PaymentAccount;
  readonly domain: PaymentDomain;
  readonly vpc: $util.Output<string>;
  /** Ids of instances. */
  readonly instances: readonly $util.Output<string>[];
}

/** Payment on instances in an account of its own, behind a name of its own. */
export function payment(): Payment {
  const account = paymentAccount();
  const network = paymentNetwork(account);
  return {
    account,
    domain: paymentDomain(account),
    vpc: network.vpc.id,
    instances: paymentInstances(account, network),
  };
}
