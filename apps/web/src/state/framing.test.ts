import { wholeFrame } from "@kindling/browser";
import { expect, test } from "vitest";
import { cropToRatio, dragCrop, turnFrame } from "./framing.ts";

const corner = { ...wholeFrame, crop: { left: 0.1, top: 0.2, width: 0.3, height: 0.4 } };

test("a turn and its reverse give the frame back, and four turns too", () => {
  expect(turnFrame(turnFrame(corner, 1), -1).crop.left).toBeCloseTo(0.1);
  const round = turnFrame(turnFrame(turnFrame(turnFrame(corner, 1), 1), 1), 1);
  expect(round.turns).toBe(0);
  expect(round.crop.top).toBeCloseTo(0.2);
});

test("a crop of proportions lies or stands as the photo does", () => {
  const square = cropToRatio(wholeFrame, { width: 600, height: 400 }, "1:1").crop;
  expect([square.width * 600, square.height * 400]).toEqual([400, 400]);
  const upright = cropToRatio(wholeFrame, { width: 400, height: 600 }, "16:9").crop;
  expect((upright.width * 400) / (upright.height * 600)).toBeCloseTo(9 / 16);
  expect(cropToRatio(corner, { width: 400, height: 600 }, undefined).crop).toEqual(wholeFrame.crop);
});

test("a corner stops at the edge of the photo and at the other corner; the whole stays whole", () => {
  expect(dragCrop(corner.crop, [0, 0], -1, -1)).toMatchObject({ left: 0, top: 0 });
  expect(dragCrop(corner.crop, [0, 0], 1, 1).width).toBeCloseTo(0.05);
  const moved = dragCrop(corner.crop, "all", 1, 1);
  expect([moved.left + moved.width, moved.width]).toEqual([1, 0.3]);
});
