import type { MethodSummary } from "@kindling/browser";
import { words } from "../i18n/language.ts";

/** What a method is called and what it is good for, in the language of the page where that knows it. */
export function methodText(method: MethodSummary): Pick<MethodSummary, "title" | "about"> {
  const [family = ""] = method.name.split(".");
  const { title, about } = words.value.methodTexts[family] ?? method;
  // What stands behind a colon explains the name.
  return { title: title.split(":")[0] ?? title, about };
}
