import { expect, test } from "vitest";
import { parseQueue } from "./parse-queue.ts";

test("an address of a queue is read whole, and shown without name and password", () => {
  expect(parseQueue("rediss://me:p%40ss@queue.local:6380/3")).toEqual({
    host: "queue.local",
    port: 6380,
    database: 3,
    username: "me",
    password: "p@ss",
    isEncrypted: true,
    shown: "rediss://queue.local:6380/3",
  });
  expect(parseQueue("redis://[::1]")).toMatchObject({
    host: "::1",
    port: 6379,
    database: 0,
    shown: "redis://[::1]:6379",
  });
});

test.each(["", "queue.local", "http://:secret@host", "redis://host/one", "redis://:secret@"])(
  "%s is refused unseen",
  (address) => {
    expect(() => parseQueue(address)).toThrow(/^--queue: expected redis:\/\/\[user:password@\]host/);
    expect(() => parseQueue(address)).toThrow(/^(?!.*secret@)/s);
  },
);
