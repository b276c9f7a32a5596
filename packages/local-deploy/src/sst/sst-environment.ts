/** What sst must know of the AWS to talk to and of where its program's graph goes. */
export interface SstTarget {
  readonly endpoint: string;
  readonly account: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** sst looks for `sst/bin/pulumi` in here. */
  readonly configHome: string;
  readonly pulumi: string;
  /** The file that the stand-in for pulumi writes. */
  readonly graph: string;
  readonly shop: boolean;
}

/** The account of the shop's payment: another one than that of all else. */
const paymentAccount = (account: string): string =>
  account === "222222222222" ? "333333333333" : "222222222222";

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * sst's environment: the caller's without anything that could lead it to another AWS (profiles, endpoints of single services,
 * tokens, configuration files).
 */
export function sstEnvironment(inherited: Variables, target: SstTarget): Record<string, string> {
  const kept = Object.entries(inherited).filter(
    (entry): entry is [string, string] =>
      entry[1] !== undefined && !/^(AWS_|SST_|PULUMI_|ESPALIER_)/.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    CI: "1",
    XDG_CONFIG_HOME: target.configHome,
    SST_PULUMI_PATH: target.pulumi,
    SST_SKIP_DEPENDENCY_CHECK: "true",
    SST_TELEMETRY_DISABLED: "1",
    AWS_ENDPOINT_URL: target.endpoint,
    AWS_REGION: target.region,
    AWS_ACCESS_KEY_ID: target.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: target.credentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: "/dev/null",
    AWS_SHARED_CREDENTIALS_FILE: "/dev/null",
    // By itself sst would take more than a gigabyte to bundle four functions at a time; one keeps two cores busy.
    SST_BUILD_CONCURRENCY_FUNCTION: "1",
    GOMEMLIMIT: "440MiB",
    // Pulumi's SDK is large, and compiled anew by each deployment otherwise.
    NODE_COMPILE_CACHE: `${target.configHome}/compile-cache`,
    LOCAL_DEPLOY_GRAPH: target.graph,
    LOCAL_DEPLOY_ACCOUNT: target.account,
    LOCAL_DEPLOY_REGION: target.region,
    ESPALIER_SHOP: String(target.shop),
    ESPALIER_SHOP_DOMAIN: "shop.example",
    ESPALIER_SHOP_PAYMENT_ROLE: `arn:aws:iam::${paymentAccount(target.account)}:role/deploys`,
  };
}
