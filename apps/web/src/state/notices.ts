import { signal } from "@preact/signals";

/** Something that a message lets the person do. */
interface NoticeAction {
  readonly label: string;
  readonly act: () => void;
}

/** A message to the person. */
export interface Notice {
  readonly id: number;
  readonly kind: "info" | "error";
  readonly text: string;
  /** What the text is about, line by line. */
  readonly details?: readonly string[];
  readonly action?: NoticeAction;
  /** Another message on the same topic takes its place. */
  readonly topic?: string;
}

/** The messages on the page, the latest last. */
export const notices = signal<readonly Notice[]>([]);

/** Time until an info disappears by itself (ms), longer where there is something to do; errors stay until dismissed. */
const [infoMs, actionMs] = [4000, 20_000];
let lastId = 0;

/** Shows a message; the same text is shown once. */
export function notify(
  kind: Notice["kind"],
  text: string,
  more: Pick<Notice, "details" | "action" | "topic"> & { readonly stays?: boolean } = {},
): void {
  const id = ++lastId;
  const { stays = kind === "error", ...shown } = more;
  const others = notices.value.filter(
    (notice) => notice.text !== text && (shown.topic === undefined || notice.topic !== shown.topic),
  );
  notices.value = [...others, { id, kind, text, ...shown }];
  if (!stays) setTimeout(() => dismissNotice(id), shown.action ? actionMs : infoMs);
}

/** Removes a message. */
export function dismissNotice(id: number): void {
  notices.value = notices.value.filter((notice) => notice.id !== id);
}
