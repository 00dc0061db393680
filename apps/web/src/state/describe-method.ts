import type { MethodSummary } from "@kindling/browser";
import { words } from "../i18n/language.ts";
import type { MethodText } from "../i18n/method-text.ts";

/**
 * Finds a method's title and description in the language of the page: by its full name, else by its network's name,
 * else as the method states them itself, in English.
 */
export function describeMethod(method: MethodSummary): MethodText {
  const [family = ""] = method.name.split(".");
  const { methodTexts } = words.value;
  const { title, about } = methodTexts[method.name] ?? methodTexts[family] ?? method;
  // Behind a colon follows an explanation of the name.
  return { title: title.split(":")[0] ?? title, about };
}
