import type { Graph } from "../graph/graph.ts";
import type { Place } from "../graph/place.ts";
import { answerOf } from "./data-sources.ts";
import { identityOf } from "./identity.ts";
import { providerPlace } from "./provider-place.ts";
import type { Monitor, Pulumi } from "./pulumi.ts";
import { reveal } from "./reveal.ts";

/** Who hears of what a monitor sees. A program does not always fail where its monitor refuses it something. */
export interface Recording {
  readonly resources: Graph["resources"];
  refuse(error: unknown): void;
}

/** A monitor that makes nothing, answers as a deployment to this place would, and adds what it sees to `recording`. */
export function recordingMonitor(
  pulumi: Pulumi,
  place: Place,
  app: Graph["app"],
  { resources, refuse }: Recording,
): Monitor {
  const inputs = new Map<string, Record<string, unknown>>();
  const seen = new Set<string>();
  const places = new Map<string, Place>();
  const placeOf = (provider = "") => places.get(provider) ?? place;
  const monitor = pulumi.monitor({
    newResource(resource) {
      const revealed = reveal(resource.inputs) as Record<string, unknown>;
      inputs.set(`${resource.type}::${resource.name}`, revealed);
      return identityOf({ ...resource, inputs: revealed }, placeOf(resource.provider));
    },
    call({ token, inputs, provider }) {
      try {
        return answerOf(token, inputs, placeOf(provider));
      } catch (error) {
        refuse(error);
        throw error;
      }
    },
  });
  const register = monitor.registerResource.bind(monitor);
  monitor.newUrn = (parent, type, name) => urn(app, parent, type, name);
  monitor.registerResource = async (request, answer) => {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const identity = urn(app, parent, type, name);
    if (seen.has(identity)) refuse(new Error(`two resources are called ${identity}; rename one`));
    seen.add(identity);
    return register(request, (error, response) => {
      if (response) {
        const given = inputs.get(`${type}::${name}`) ?? {};
        if (type === "pulumi:providers:aws")
          places.set(`${identity}::${response.getId()}`, providerPlace(given, place));
        resources.push({
          urn: identity,
          type,
          name,
          custom: request.getCustom(),
          ...(parent && { parent }),
          account: placeOf(request.getProvider()).account,
          id: response.getId(),
          inputs: given,
          outputs: response.getObject().toJavaScript(),
        });
      } else refuse(error);
      answer(error, response);
    });
  };
  return monitor;
}

/** https://www.pulumi.com/docs/iac/concepts/resources/names/#urns; the root stack's type is left out of the chain. */
function urn(app: Graph["app"], parent: string, type: string, name: string): string {
  const above = parent.split("::")[2] ?? "";
  const chain = above && above !== "pulumi:pulumi:Stack" ? `${above}$${type}` : type;
  return `urn:pulumi:${app.stage}::${app.name}::${chain}::${name}`;
}
