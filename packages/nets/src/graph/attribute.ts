/** The type of an attribute. ONNX has separate types for integers (`int`) and other numbers (`float`). */
export type AttributeKind = "int" | "float" | "string" | "ints";

/** Attributes by name; an undefined one is left out of the file. */
export type AttributeValues = Readonly<Record<string, number | string | readonly number[] | undefined>>;

/** An attribute of an operation: its type and the value that ONNX assumes if it is left out. */
export interface AttributeRule<Value = KindValue[AttributeKind] | undefined> {
  readonly kind: AttributeKind;
  readonly default: Value;
  /** If true, the attribute must be given and is always written to the file. */
  readonly required?: boolean;
}

/** The attributes of an operation, by name. */
export type AttributeRules = Readonly<Record<string, AttributeRule>>;

/** The attribute values that rules describe; an optional attribute may be undefined. */
export type ValuesOf<R extends AttributeRules> = { readonly [Name in keyof R]: R[Name]["default"] };

interface KindValue {
  int: number;
  float: number;
  string: string;
  ints: readonly number[];
}

/** The rule of an attribute with a default. */
export function attribute<Kind extends AttributeKind>(
  kind: Kind,
  byDefault: KindValue[Kind],
): AttributeRule<KindValue[Kind]> {
  return { kind, default: byDefault };
}

/** The rule of an attribute that must be given; `placeholder` only sets the type of its value. */
export function requiredAttribute<Kind extends AttributeKind>(
  kind: Kind,
  placeholder: KindValue[Kind],
): AttributeRule<KindValue[Kind]> {
  return { kind, default: placeholder, required: true };
}

/** The rule of an attribute that may be left out and has no default. */
export function optionalAttribute<Kind extends AttributeKind>(kind: Kind): AttributeRule<KindValue[Kind] | undefined> {
  return { kind, default: undefined };
}
