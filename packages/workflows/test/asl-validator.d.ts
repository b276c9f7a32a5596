declare module "asl-validator" {
  /** Checks a definition against the schema of Amazon States Language and for states that lead nowhere. */
  function validate(definition: unknown): {
    readonly isValid: boolean;
    errorsText(separator?: string): string;
  };
  export = validate;
}
