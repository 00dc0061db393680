import { completeSettings, type MethodOption } from "../settings/method-settings.ts";
import type { ClassicalMethod } from "./method.ts";

/**
 * Makes a method from its definition: the result takes any part of the settings by name, checks their ranges and fills
 * in the defaults before the definition's `enhance` sees them.
 */
export function defineMethod<Name extends string>(
  definition: Omit<ClassicalMethod<Readonly<Record<Name, number>>>, "options"> & {
    readonly options: Readonly<Record<Name, MethodOption>>;
  },
): ClassicalMethod {
  const method: ClassicalMethod = {
    ...definition,
    enhance: (picture, given, context) =>
      // Complete by now: every option's name is there, given or by its default.
      definition.enhance(picture, completeSettings(method, given) as Record<Name, number>, context),
  };
  return method;
}
