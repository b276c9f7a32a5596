/** Where a caller is: in a VPC, if in any, and in which of its availability zones (`us-east-1b`); without one, the region's first. */
export interface Source {
  readonly vpcId: string | undefined;
  readonly zone: string | undefined;
}

/** What names an availability zone. */
export const zonePattern = /^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/;
