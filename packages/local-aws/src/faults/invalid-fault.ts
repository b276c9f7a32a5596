/** What is wrong with one field of a fault. */
export interface Complaint {
  readonly field: string;
  readonly message: string;
}

/** A fault that cannot be arranged. `fields` names each field that is wrong, `operation` or `2.operation` in a list. */
export class InvalidFault extends Error {
  override readonly name = "InvalidFault";
  readonly fields: readonly Complaint[];

  constructor(fields: readonly Complaint[]) {
    super(fields.map(({ field, message }) => (field === "" ? message : `${field}: ${message}`)).join("; "));
    this.fields = fields;
  }
}
