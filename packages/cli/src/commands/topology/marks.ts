/** What stands before a change, for people. */
export const marks = { create: "+", update: "~", replace: "±", delete: "-" } as const;
