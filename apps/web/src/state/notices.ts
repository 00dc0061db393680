import { signal } from "@preact/signals";

/** Something to tell, until it is dismissed or its time is over. */
export interface Notice {
  readonly id: number;
  readonly kind: "news" | "trouble";
  readonly text: string;
}

/** What is told now, the latest last. */
export const notices = signal<readonly Notice[]>([]);

/** News goes by itself; trouble stays until it is read. */
const newsMs = 4000;
let lastId = 0;

/** Tells something. */
export function tell(kind: Notice["kind"], text: string): void {
  const id = ++lastId;
  notices.value = [...notices.value.filter((notice) => notice.text !== text), { id, kind, text }];
  if (kind === "news") setTimeout(() => dismiss(id), newsMs);
}

/** Takes a notice away. */
export function dismiss(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}
