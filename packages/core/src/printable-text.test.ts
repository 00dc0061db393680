import { expect, test } from "vitest";
import { KindlingError } from "./errors.ts";
import { printableText } from "./printable-text.ts";

test("control characters, line ends, direction marks and bytes that are no text become escapes", () => {
  expect(printableText("a\nb\r\t\0\x1b[2J\x7f\x9b")).toBe("a\\nb\\r\\t\\x00\\x1b[2J\\x7f\\x9b");
  expect(printableText("gpj.\u202e\u2066\u2028\udcff\ud800")).toBe("gpj.\\u202e\\u2066\\u2028\\xff\\ud800");
});

test("text that people write stays", () => {
  const text = "C:\\Fotos\\夜 Äpfel 🌃 שלום \u00a0é.jpg";
  expect(printableText(text)).toBe(text);
});

test("the message of an error is one line, whatever name it holds", () => {
  expect(new KindlingError("damaged", "a\nfailed: b.jpg: damaged.").message).toBe("a\\nfailed: b.jpg: damaged.");
});
