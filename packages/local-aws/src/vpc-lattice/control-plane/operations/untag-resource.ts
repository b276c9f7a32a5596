import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { findTagged } from "../find-tagged.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { listOf, text } from "../shapes/text.ts";

const Input = z.object({ resourceArn: identifier.resourceArn, tagKeys: listOf(text(1, 128), 0, 200) });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_UntagResource.html */
export function untagResource({ store }: ControlPlane) {
  return operation(Input, {
    permissions: (input) => [
      permission(store, "UntagResource", input.resourceArn, { "aws:TagKeys": input.tagKeys }),
    ],
    run: ({ resourceArn, tagKeys }) => {
      const kept = Object.entries(findTagged(store, resourceArn)).filter(([key]) => !tagKeys.includes(key));
      store.taggings.put({ id: resourceArn, tags: Object.fromEntries(kept) });
      return {};
    },
  });
}
