import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { findTagged } from "../find-tagged.ts";
import { operation } from "../operation.ts";
import { anyResource } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";

const Input = z.object({ resourceArn: identifier.resourceArn });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_ListTagsForResource.html */
export function listTagsForResource({ store }: ControlPlane) {
  return operation(Input, {
    permissions: () => anyResource("ListTagsForResource"),
    subjects: (input) => [input.resourceArn],
    run: (input) => ({ tags: { ...findTagged(store, input.resourceArn) } }),
  });
}
