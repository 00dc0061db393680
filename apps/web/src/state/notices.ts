import { signal } from "@preact/signals";

/** A message to the person. */
export interface Notice {
  readonly id: number;
  readonly kind: "info" | "error";
  readonly text: string;
}

/** The messages on the page, the latest last. */
export const notices = signal<readonly Notice[]>([]);

/** Time until an info disappears by itself (ms); errors stay until they are dismissed. */
const infoMs = 4000;
let lastId = 0;

/** Shows a message; the same text is shown once. */
export function notify(kind: Notice["kind"], text: string): void {
  const id = ++lastId;
  notices.value = [...notices.value.filter((notice) => notice.text !== text), { id, kind, text }];
  if (kind === "info") setTimeout(() => dismissNotice(id), infoMs);
}

/** Removes a message. */
export function dismissNotice(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}
