import { expect, test } from "vitest";
import { MetricsLog, metricsFile, parseMetrics } from "./metrics-log.ts";
import type { RunStore } from "./run-store.ts";

/** A store of one text file, which counts how often the whole file is written. */
function textStore(text = "") {
  const file = { text, writes: 0 };
  const store = {
    read: async () => (file.text === "" ? undefined : Buffer.from(file.text)),
    write: async (name: string, content: string) => {
      expect(name).toBe(metricsFile);
      file.text = content;
      file.writes++;
    },
    append: async (_: string, content: string) => {
      file.text += content;
    },
  } as unknown as RunStore;
  return { file, log: new MetricsLog(store) };
}

test("rows are appended; a new column replaces the whole file", async () => {
  const { file, log } = textStore();
  log.add({ stage: "a", step: 1, values: { total: 3 } });
  await log.flush();
  log.add({ stage: "a", step: 2, values: { total: 2 } });
  await log.flush();
  expect(file).toEqual({ text: "stage,step,total\na,1,3\na,2,2\n", writes: 1 });
  log.add({ stage: "b", step: 1, values: { other: 1.5 } });
  await log.flush();
  expect(file).toEqual({ text: "stage,step,total,other\na,1,3,\na,2,2,\nb,1,,1.5\n", writes: 2 });
  expect(parseMetrics(file.text).rows).toEqual(log.rows);
});

test("a resumed run drops the rows behind its checkpoint, and half a line that a kill left", async () => {
  const { file, log } = textStore("stage,step,total\na,1,3\na,2,2\na,3,1\na,4");
  await log.resume(({ step }) => step <= 2);
  expect(file.text).toBe("stage,step,total\na,1,3\na,2,2\n");
  log.add({ stage: "a", step: 3, values: { total: 9 } });
  await log.flush();
  expect(file.text).toBe("stage,step,total\na,1,3\na,2,2\na,3,9\n");
});

test("a run without metrics resumes with none, and writes no file", async () => {
  const { file, log } = textStore();
  await log.resume(() => true);
  expect([file, log.rows]).toEqual([{ text: "", writes: 0 }, []]);
});
