import type { MethodSummary } from "@kindling/browser";
import type { MethodText } from "../i18n/en.ts";
import { words } from "../i18n/language.ts";

/**
 * What a method is called and what it is good for, in the language of the page where that knows it: these weights by
 * name, or else their network.
 */
export function methodText(method: MethodSummary): MethodText {
  const [family = ""] = method.name.split(".");
  const { title, about } = words.value.methodTexts[method.name] ?? words.value.methodTexts[family] ?? method;
  // What stands behind a colon explains the name.
  return { title: title.split(":")[0] ?? title, about };
}
