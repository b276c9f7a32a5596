import type { Graph } from "../graph/graph.ts";
import type { Place } from "../graph/place.ts";
import { answerOf } from "./data-sources.ts";
import { identityOf } from "./identity.ts";
import type { Monitor, Pulumi } from "./pulumi.ts";
import { reveal } from "./reveal.ts";

/** A monitor that makes nothing, answers as a deployment to this place would, and adds each resource to `resources`. */
export function recordingMonitor(
  pulumi: Pulumi,
  place: Place,
  app: Graph["app"],
  resources: Graph["resources"],
): Monitor {
  const inputs = new Map<string, Record<string, unknown>>();
  const seen = new Set<string>();
  const monitor = pulumi.monitor({
    newResource(resource) {
      const revealed = reveal(resource.inputs) as Record<string, unknown>;
      inputs.set(`${resource.type}::${resource.name}`, revealed);
      return identityOf({ ...resource, inputs: revealed }, place);
    },
    call: ({ token, inputs }) => answerOf(token, inputs, place),
  });
  const register = monitor.registerResource.bind(monitor);
  monitor.newUrn = (parent, type, name) => urn(app, parent, type, name);
  monitor.registerResource = async (request, answer) => {
    const [type, name, parent] = [request.getType(), request.getName(), request.getParent()];
    const identity = urn(app, parent, type, name);
    if (seen.has(identity))
      return answer(new Error(`two resources are called ${identity}; give one another name`));
    seen.add(identity);
    return register(request, (error, response) => {
      if (response)
        resources.push({
          urn: identity,
          type,
          name,
          custom: request.getCustom(),
          ...(parent && { parent }),
          id: response.getId(),
          inputs: inputs.get(`${type}::${name}`) ?? {},
          outputs: response.getObject().toJavaScript(),
        });
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
