import type {
  ListRoleTagsRequest,
  ListRoleTagsResponse,
  TagRoleRequest,
  UntagRoleRequest,
} from "@aws-sdk/client-iam";
import type { Service } from "../platform.ts";
import { onRole, type RolesByName } from "./on-role.ts";
import type { Role } from "./role.ts";
import { requestTagKeys, tagList, tagsOf, withinLimit, withoutTags, withTags } from "./tags.ts";

interface TaggedRoles extends RolesByName {
  put(role: Role): Role;
}

/** The tags of roles, which are condition keys of every call that a session of the role makes. */
export function tagOperations(roles: TaggedRoles): Service["operations"] {
  const operation = onRole(roles);
  return {
    TagRole: operation<TagRoleRequest, void>(
      "TagRole",
      (role, { Tags }) => {
        const tags = withinLimit(withTags(role.tags ?? {}, tagsOf(Tags)));
        roles.put({ ...role, tags });
      },
      ({ Tags }) => requestTagKeys(Tags),
    ),
    UntagRole: operation<UntagRoleRequest, void>(
      "UntagRole",
      (role, { TagKeys = [] }) => void roles.put({ ...role, tags: withoutTags(role.tags ?? {}, TagKeys) }),
      ({ TagKeys = [] }) => ({ "aws:TagKeys": TagKeys }),
    ),
    ListRoleTags: operation<ListRoleTagsRequest, ListRoleTagsResponse>("ListRoleTags", ({ tags }) => ({
      Tags: tagList(tags),
      IsTruncated: false,
    })),
  };
}
