// A worker in a process of its own that only pretends to enhance. Its argument is JSON.
import { workOnPhotos } from "@kindling/worker";
import { pretendUnits } from "./pretend-units.ts";

const { failures, longestMs, poisonEnding, ...options } = JSON.parse(process.argv[2] ?? "{}");
const isPoison = (input: string) => poisonEnding !== undefined && input.endsWith(poisonEnding);
const print = (event: object) => process.stdout.write(`${JSON.stringify(event)}\n`);
const summary = await workOnPhotos({
  ...options,
  openUnits: pretendUnits({ failures, longestMs, isPoison }),
  reporter: {
    start: () => print({ event: "start" }),
    finish: ({ input, enhancement }) => print({ event: enhancement ? "enhanced" : "done-before", input }),
    fail: (input, code, message, isLast) => print({ event: isLast ? "failed" : "to-retry", input, code, message }),
    notice: (message) => print({ event: "notice", message }),
  },
});
print({ event: "end", ...summary });
