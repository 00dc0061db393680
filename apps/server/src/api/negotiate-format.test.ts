import { expect, test } from "vitest";
import { negotiateFormat } from "./negotiate-format.ts";

test.each([
  [undefined, "keep"],
  ["", "keep"],
  ["*/*", "keep"],
  ["text/html, image/webp", "webp"],
  ["image/avif,image/webp,*/*;q=0.8", "avif"],
  ["image/webp;q=0.2, image/png;q=0.9", "png"],
  ["*/*, image/webp;q=0.1", "keep"],
  ["image/avif;q=0, image/*;q=0.5", "keep"],
  ["IMAGE/JPEG", "jpeg"],
])("Accept: %s gives %s", (accept, format) => {
  expect(negotiateFormat(accept)).toBe(format);
});

test.each(["text/html", "image/gif", "image/webp;q=0", "image/webp;q=x"])("Accept: %s is refused", (accept) => {
  expect(() => negotiateFormat(accept)).toThrow(/expected one of image\/jpeg/);
});
