const SERVICES = ["inventory", "delivery", "payment"] as const;
const VERSIONS = ["v1", "v2", "v3"] as const;

export type ShopService = (typeof SERVICES)[number];
export type ShopVersion = (typeof VERSIONS)[number];

/** How one process of the shop runs. */
export interface ShopSettings {
  readonly service: ShopService;
  readonly version: ShopVersion;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Share of requests answered with 500, from 0 to 1. */
  readonly errorRate: number;
  readonly seed: number;
  /** The files, both PEM, with which it ends TLS; without them it speaks plain HTTP. */
  readonly tls: { readonly certificate: string; readonly key: string } | undefined;
}

/**
 * Reads the settings from SHOP_SERVICE, SHOP_VERSION, SHOP_ERROR_RATE, SHOP_SEED, HOST, PORT, TLS_CERTIFICATE and TLS_KEY.
 * Throws, naming the variable.
 */
export function settings(environment: Readonly<Record<string, string | undefined>>): ShopSettings {
  return {
    service: oneOf("SHOP_SERVICE", SERVICES, environment.SHOP_SERVICE),
    version: oneOf("SHOP_VERSION", VERSIONS, environment.SHOP_VERSION ?? "v1"),
    host: environment.HOST ?? "127.0.0.1",
    port: numberBetween("PORT", environment.PORT ?? "8080", [0, 65_535]),
    errorRate: numberBetween("SHOP_ERROR_RATE", environment.SHOP_ERROR_RATE ?? "0", [0, 1]),
    seed: numberBetween("SHOP_SEED", environment.SHOP_SEED ?? "1", [0, 2 ** 32 - 1]),
    tls: tlsFiles(environment.TLS_CERTIFICATE, environment.TLS_KEY),
  };
}

function tlsFiles(certificate: string | undefined, key: string | undefined): ShopSettings["tls"] {
  if (certificate !== undefined && key !== undefined) return { certificate, key };
  if (certificate === undefined && key === undefined) return undefined;
  const missing = key === undefined ? "TLS_KEY" : "TLS_CERTIFICATE";
  throw new RangeError(
    `${missing} is not set; TLS_CERTIFICATE and TLS_KEY name a file each, or neither does`,
  );
}

function oneOf<T extends string>(name: string, known: readonly T[], given: string | undefined): T {
  const found = known.find((each) => each === given);
  if (found === undefined)
    throw new RangeError(`${name} is ${given ?? "not set"}; it is ${known.join(", ")}`);
  return found;
}

function numberBetween(name: string, given: string, [low, high]: readonly [number, number]): number {
  const value = given.trim() === "" ? Number.NaN : Number(given);
  if (!(value >= low && value <= high)) {
    throw new RangeError(`${name} is "${given}"; it is a number from ${low} to ${high}`);
  }
  return value;
}
