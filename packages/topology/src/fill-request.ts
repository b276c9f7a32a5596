import { fillFrom, type ValueSources } from "./outside-values.ts";

/**
 * A request to apply, with the values filled in that its document takes from AWS. What has no document, or has it packed, is
 * answered as it is. Throws TopologyRefused.
 */
export async function fillRequest(detail: unknown, sources: ValueSources): Promise<unknown> {
  if (typeof detail !== "object" || detail === null || !("document" in detail)) return detail;
  return { ...detail, document: await fillFrom(detail.document, {}, sources, "document") };
}
