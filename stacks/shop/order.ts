import { arn } from "../arn.ts";
import { type FunctionNetwork, lambda } from "../lambda.ts";
import { serviceUrlsPath } from "../names.ts";
import { type PaymentAccount, servicesOf } from "./payment/account.ts";

/**
 * The order service, in the shop's VPC because Lattice serves callers in an associated VPC only. Whom it may call is said by
 * the auth policy of the service network and, since a signed caller needs both, by its role.
 */
export function order(network: FunctionNetwork, payment: PaymentAccount): sst.aws.Function {
  return lambda("order", {
    handler: "functions/order/order.handler",
    environment: { SERVICE_URLS_PATH: serviceUrlsPath() },
    timeout: "15 seconds",
    vpc: network,
    permissions: [
      {
        actions: ["ssm:GetParametersByPath", "ssm:GetParameters", "ssm:GetParameter"],
        resources: [
          arn("ssm", `parameter${serviceUrlsPath()}`),
          arn("ssm", `parameter${serviceUrlsPath()}/*`),
        ],
      },
      {
        actions: ["vpc-lattice-svcs:Invoke"],
        resources: [arn("vpc-lattice", "service/*"), servicesOf(payment)],
      },
    ],
  });
}
