import { expect, test } from "vitest";
import { shareLooks } from "./share-looks.ts";

test("who asks during a look or soon after it gets its answer; later askers get a new one", async () => {
  let [clock, looks] = [0, 0];
  let end: (answer: string) => void = () => undefined;
  const read = () => {
    looks++;
    return new Promise<string>((resolve) => {
      end = resolve;
    });
  };
  const ask = shareLooks(read, 1000, () => clock);
  const first = [ask(), ask()];
  clock = 9000;
  first.push(ask());
  end("first");
  expect(await Promise.all(first)).toEqual(["first", "first", "first"]);
  clock = 10_000;
  expect([await ask(), looks]).toEqual(["first", 1]);
  clock = 10_001;
  const later = ask();
  end("second");
  expect([await later, looks]).toEqual(["second", 2]);
});
