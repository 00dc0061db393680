import { expect, test } from "vitest";
import type { PageScripts } from "../pages/page-scripts.ts";
import { searchPage } from "./search-page.ts";
import type { SearchResult } from "./search-result.ts";
import { searchCsv, searchMarkdown } from "./search-tables.ts";

const scripts: PageScripts = { "theme-switch": "theme()", "sortable-table": "sort()", "metric-choice": "", viewer: "" };
const validation = (step: number, psnr: number) => ({
  stage: "all",
  step,
  psnr,
  ssim: psnr / 100,
  gtMeanPsnr: psnr + 1,
  gtMeanSsim: 0.5,
});
const result: SearchResult = {
  network: "msr-net",
  axes: ["K", "v"],
  by: "psnr",
  isFinished: true,
  trials: [
    {
      ...{
        name: "K=6,v=1-10",
        values: { K: 6, v: [1, 10] },
        parameters: 51_234,
        state: "trained",
        rounds: 2,
        step: 80,
      },
      validations: [validation(40, 15), validation(80, 17.256)],
    },
    {
      ...{
        name: "K=10,v=1-10",
        values: { K: 10, v: [1, 10] },
        parameters: 86_000,
        state: "dropped",
        rounds: 1,
        step: 40,
      },
      validations: [validation(40, 14)],
    },
    {
      ...{ name: "K=2,v=1-10", values: { K: 2, v: [1, 10] }, parameters: 9000, state: "failed", rounds: 1, step: 3 },
      ...{ validations: [], message: "step 3: the loss is <NaN>" },
    },
  ],
};

test("the tables of a search have the settings and the last measures of every trial", () => {
  const csv = searchCsv(result).split("\r\n");
  expect(csv[0]).toBe("place,trial,K,v,parameters,state,rounds,step,psnr,ssim,gtMeanPsnr,gtMeanSsim");
  expect(csv[1]).toBe('1,"K=6,v=1-10",6,1:10,51234,trained,2,80,17.256,0.17256,18.256,0.5');
  expect(csv[3]).toBe('3,"K=2,v=1-10",2,1:10,9000,failed,1,3,,,,');
  const lines = searchMarkdown(result).split("\n");
  expect(lines[2]).toMatch(
    /^\| 1 +\| +6 \| 1:10 \| +51,234 \| +80 \| +17\.26 \| +0\.1726 \| +18\.26 \| +0\.5000 \| trained \|/,
  );
});

test("the page of a search shows the best, every trial, its failures and a plot of each setting", () => {
  const page = searchPage({ result, config: "grid: <K>", version: "1", isRunning: false }, scripts);
  expect(page).toContain("best: <code>K=6,v=1-10</code>, PSNR (dB) 17.26");
  expect(page).toContain("step 3: the loss is &lt;NaN&gt;");
  expect(page).toContain("grid: &lt;K&gt;");
  expect(page).not.toContain('http-equiv="refresh"');
  expect(page.match(/<svg /g)?.length).toBe(3);
  // K=10 was dropped after the first round: there K=6 is compared with it.
  expect(page).toContain("<title>K=6,v=1-10: 15.00</title>");
  const running = searchPage(
    { result: { ...result, isFinished: false }, config: "", version: "1", isRunning: true },
    scripts,
  );
  expect(running).toContain('http-equiv="refresh"');
});
