import * as z from "zod";
import type { ControlPlane } from "../control-plane.ts";
import { findTagged } from "../find-tagged.ts";
import { operation } from "../operation.ts";
import { permission } from "../permission.ts";
import { identifier } from "../shapes/identifier.ts";
import { tags } from "../shapes/members.ts";
import { requestTags } from "../tagging.ts";

const Input = z.object({ resourceArn: identifier.resourceArn, tags });

/** https://docs.aws.amazon.com/vpc-lattice/latest/APIReference/API_TagResource.html */
export function tagResource({ store }: ControlPlane) {
  return operation(Input, {
    permissions: (input) => [permission(store, "TagResource", input.resourceArn, requestTags(input.tags))],
    run: (input) => {
      const before = findTagged(store, input.resourceArn);
      store.taggings.put({ id: input.resourceArn, tags: { ...before, ...input.tags } });
      return {};
    },
  });
}
