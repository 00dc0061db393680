/** The lock that a page holds while it needs a result in the storage of its origin. */
export function lockOfResult(name: string): string {
  return `kindling-video-${name}`;
}

/** Runs work that writes a result under a name of its own, which stays locked until the result is closed or the page is. */
export async function withResultName<Result extends object>(
  work: (name: string) => Promise<Result>,
): Promise<Result & { close(): void }> {
  const name = crypto.randomUUID();
  let close: () => void = () => undefined;
  await new Promise<void>((locked) => {
    const held = new Promise<void>((resolve) => {
      close = resolve;
    });
    void navigator.locks.request(lockOfResult(name), () => {
      locked();
      return held;
    });
  });
  try {
    return { ...(await work(name)), close };
  } catch (error) {
    close();
    throw error;
  }
}
