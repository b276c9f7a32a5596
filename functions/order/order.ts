import { randomUUID } from "node:crypto";
import { SSMClient } from "@aws-sdk/client-ssm";
import { signedFetch } from "@espalier/signed-fetch";
import { environment, lambda } from "../lambda.ts";
import { roleCredentials } from "../role-credentials.ts";
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
