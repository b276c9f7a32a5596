/** One process to run for a container or an instance, and the targets that it stands for. */
export interface ProcessPlan {
  /** The name of the ECS service or of the instance. */
  readonly name: string;
  /** `["node", "packages/shop/src/main.ts"]`. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /**
   * As targets are registered, each with its port: the fixed addresses of a load balancer (`[2600:1f18::10]:80`), its ARN, or
   * an instance's id.
   */
  readonly targets: readonly string[];
}
