import { randomUUID } from "node:crypto";
import { SSMClient } from "@aws-sdk/client-ssm";
import { signedFetch } from "@espalier/signed-fetch";
import { environment, lambda } from "../lambda.ts";
import { LatticeRequest } from "./lattice-http.ts";
import { orderService } from "./order-service.ts";
import { serviceUrls } from "./service-urls.ts";
import { shopServices } from "./shop-services.ts";

/** The sample's order service: a Lambda behind Lattice that calls the rest of the shop through Lattice, signed as its role. */
export const handler = lambda(LatticeRequest, orderService, () => ({
  newId: randomUUID,
  ...shopServices({
    urls: serviceUrls(new SSMClient(), environment("SERVICE_URLS_PATH")),
    fetch: signedFetch({ region: environment("AWS_REGION"), credentials: roleCredentials }),
  }),
}));

/** Lambda gives a function its role's credentials in its environment. */
async function roleCredentials() {
  return {
    accessKeyId: environment("AWS_ACCESS_KEY_ID"),
    secretAccessKey: environment("AWS_SECRET_ACCESS_KEY"),
    ...(process.env.AWS_SESSION_TOKEN ? { sessionToken: process.env.AWS_SESSION_TOKEN } : {}),
  };
}
