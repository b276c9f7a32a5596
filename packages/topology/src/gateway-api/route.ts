import * as z from "zod";

const ParentRef = z.object({
  group: z.string().default("gateway.networking.k8s.io"),
  kind: z.string().default("Gateway"),
  namespace: z.string().optional(),
  name: z.string(),
  sectionName: z.string().optional(),
  port: z.int().optional(),
});
export type ParentRef = z.infer<typeof ParentRef>;

const Filters = z.array(z.looseObject({ type: z.string() })).default([]);

const BackendRef = z.object({
  group: z.string().default(""),
  kind: z.string().default("Service"),
  name: z.string(),
  namespace: z.string().optional(),
  port: z.int().min(1).max(65_535).optional(),
  weight: z.int().min(0).max(1_000_000).default(1),
  filters: Filters,
});
export type BackendRef = z.infer<typeof BackendRef>;

const HeaderMatch = z.object({ type: z.string().default("Exact"), name: z.string(), value: z.string() });
export type HeaderMatch = z.infer<typeof HeaderMatch>;

const HttpMatch = z.object({
  path: z.object({ type: z.string().default("PathPrefix"), value: z.string().default("/") }).optional(),
  headers: z.array(HeaderMatch).default([]),
  queryParams: z.array(z.looseObject({ name: z.string() })).default([]),
  method: z.string().optional(),
});
export type HttpMatch = z.infer<typeof HttpMatch>;

const GrpcMatch = z.object({
  method: z
    .object({
      type: z.string().default("Exact"),
      service: z.string().optional(),
      method: z.string().optional(),
    })
    .optional(),
  headers: z.array(HeaderMatch).default([]),
});
export type GrpcMatch = z.infer<typeof GrpcMatch>;

const routeSpec = <M extends z.ZodType>(Match: M) =>
  z.object({
    parentRefs: z.array(ParentRef).default([]),
    hostnames: z.array(z.string()).default([]),
    rules: z
      .array(
        z.object({
          name: z.string().optional(),
          matches: z.array(Match).default([]),
          filters: Filters,
          backendRefs: z.array(BackendRef).default([]),
        }),
      )
      .default([]),
  });

/** https://gateway-api.sigs.k8s.io/reference/spec/#httproute */
export const HttpRouteSpec = routeSpec(HttpMatch);
export type HttpRouteSpec = z.infer<typeof HttpRouteSpec>;

/** https://gateway-api.sigs.k8s.io/reference/spec/#grpcroute */
export const GrpcRouteSpec = routeSpec(GrpcMatch);
export type GrpcRouteSpec = z.infer<typeof GrpcRouteSpec>;

/** Either route, as far as both are alike. */
export type RouteSpec = HttpRouteSpec | GrpcRouteSpec;
export type RouteRule = RouteSpec["rules"][number];
