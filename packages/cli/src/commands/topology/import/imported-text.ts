import type { Imported, NotExpressed } from "@espalier/topology";
import { stringify } from "yaml";

/** An imported document as YAML, with what has to be done to it above. */
export function importedText({ document, notExpressed }: Imported): string {
  const yaml = stringify(document, { aliasDuplicateObjects: false, lineWidth: 120 });
  const notes = [
    `Imported from manifests of the AWS Gateway API Controller; not expressed as they are written: ${notExpressed.length}.`,
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is how a document names a value.
    ...(yaml.includes("${clusterVpc}") ? ["The cluster's VPC is to be given: --set clusterVpc=vpc-…"] : []),
    ...(yaml.includes("targets: external")
      ? [
          "Targets are external: the controller registers pods with its own target groups only, not with these.",
        ]
      : []),
  ];
  return `${notes.map((note) => `# ${note}\n`).join("")}${yaml}`;
}

/** `hotel.yaml:12: HTTPRoute shop/rates, spec.rules[0].filters[0]: why; skipped: what stands there instead`. */
export function notExpressedLine({
  place,
  kind,
  namespace,
  name,
  field,
  why,
  done,
  instead,
}: NotExpressed): string {
  const where = [`${kind} ${namespace}/${name}`, field].filter(Boolean).join(", ");
  return `${place}: ${where}: ${why}; ${done}: ${instead}`;
}
