import type { ModelForm } from "@kindling/lab";
import type { KindTone } from "./assembly.ts";
import { kindWholes } from "./networks.ts";

/** The forms of KinD's models, by the tone that the nets work on. */
export const kindForms: Readonly<Record<KindTone, ModelForm>> = {
  encoded: formOf("kind", "encoded"),
  root: formOf("kind+root", "root"),
};

function formOf(name: string, tone: KindTone): ModelForm {
  const { analysis, relight } = kindWholes[tone];
  return { name, parts: { analysis: { network: analysis }, relight: { network: relight } } };
}
