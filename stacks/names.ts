/** The physical name of a resource of this stage: `espalier-STAGE-name`. */
export function named(name: string): string {
  return `${$app.name}-${$app.stage}-${name}`;
}

/** The logical name of a resource, as SST wants it: `shift-weights` is `ShiftWeights`. */
export function logical(name: string): string {
  return name.replace(/(^|-)([a-z0-9])/g, (_, _dash: string, letter: string) => letter.toUpperCase());
}

/** The SSM path under which the provision workflow writes the URL of each service. */
export function serviceUrlsPath(): string {
  return `/espalier/${$app.stage}/services`;
}

/** The SSM parameter in which the `espalier` command finds this stage. */
export function outputsParameter(): string {
  return `/espalier/${$app.stage}/outputs`;
}
