/** Where a field's value stands: under its label, on the label's row to either side, or above it. */
export type Side = "below" | "right" | "left" | "above";

/** A field of a named form, found by what is printed beside it. */
export interface FormFieldSpec {
  /** The name that it is given; two specs of one name are two parts of one value. */
  readonly name: string;
  /** `digits` stand in boxes of their own; `check` is a box with or without a mark. */
  readonly kind: "text" | "digits" | "check";
  /** The label as printed (or as other revisions print it), as many of its first words as tell it apart. */
  readonly labels: readonly string[];
  readonly side: Side;
  /** Words of the label's further lines, which stand where the value does. */
  readonly more?: readonly string[];
  /** Something printed above the label, where a label is printed twice. */
  readonly after?: string;
  /** The value takes the whole width, wherever in its row the label ends. */
  readonly wide?: boolean;
  /** Which of the value's lines are this field's: the first, or those behind it. */
  readonly lines?: "first" | "rest";
  /** The AcroForm field in the issuer's own files, for pages whose print cannot be read. */
  readonly acro?: RegExp;
}

/** A form that is known by name. */
export interface NamedForm {
  readonly id: string;
  readonly title: string;
  /** Printed phrases that the page has all of. */
  readonly marks: readonly (readonly string[])[];
  /** Whether it is of one year. */
  readonly yearly: boolean;
  readonly fields: readonly FormFieldSpec[];
  /** Other things printed, which end the room of a value. */
  readonly printed: readonly string[];
  /** Headings that go over the whole width; nothing else stands on their rows. */
  readonly sections: readonly string[];
}

type Options = Partial<Pick<FormFieldSpec, "more" | "after" | "wide" | "lines" | "acro" | "side">>;

function spec(kind: FormFieldSpec["kind"], side: Side) {
  return (name: string, labels: string | readonly string[], options: Options = {}): FormFieldSpec => ({
    name,
    kind,
    labels: typeof labels === "string" ? [labels] : labels,
    side,
    ...options,
  });
}

export const text = spec("text", "below");
export const digits = spec("digits", "below");
export const inline = spec("text", "right");
export const check = spec("check", "right");
