import { expect, test } from "vitest";
import type { Candidate } from "./candidate.ts";
import { type EvaluationPlan, type EvaluationPorts, evaluateCandidates } from "./evaluate-candidates.ts";
import type { PhotoResults } from "./measure-photo.ts";
import type { Subject } from "./subject.ts";

const engine: Candidate = {
  kind: "engine",
  label: "gamma",
  engine: { kind: "method", method: "gamma", settings: {}, lighting: {} },
};
const folder: Candidate = { kind: "folder", label: "theirs", folder: "results" };

const subjectsOf = (count: number): Subject[] =>
  Array.from({ length: count }, (_, i) => ({ name: `p${i}`, original: `dark/p${i}.png`, reference: `good/p${i}.png` }));

const planOf = (plan: Partial<EvaluationPlan>): EvaluationPlan => ({
  candidates: [engine, folder],
  baseline: "gamma",
  kind: "pairs",
  source: "data",
  subjects: subjectsOf(2),
  failures: [],
  withPreviews: false,
  ...plan,
});

/** Ports of a machine where every result has as PSNR the number of letters of its file; notes calls in `log`. */
function fakePorts(log: string[], ports: Partial<EvaluationPorts> = {}): EvaluationPorts {
  return {
    runEngine: async ({ label }, subjects) => {
      log.push(`run ${label}`);
      return {
        photos: subjects.map(({ name }) => ({ file: `${name}.png`, seconds: 0.5, megapixels: 2 })),
        peakMemoryBytes: 7,
      };
    },
    listResults: async () => new Map([["p0", "results/p0.jpg"]]),
    measurePhotos: async (photos) => {
      log.push("measure");
      return photos.map(({ name, results, previewSidePx }) => ({
        name,
        images: results.map(({ method, file, seconds }) => ({
          method,
          image: { name, psnr: file.length, ...(seconds !== undefined && { seconds }) },
        })),
        pictures: previewSidePx === undefined ? [] : [{ label: "input", uri: "data:," }],
        failures: [],
      }));
    },
    ...ports,
  };
}

test("all engines run before anything is measured, and their figures reach the evaluation", async () => {
  const log: string[] = [];
  const { evaluation } = await evaluateCandidates(planOf({}), fakePorts(log));
  expect(log).toEqual(["run gamma", "measure"]);
  const [gamma, theirs] = evaluation.methods;
  expect(gamma).toMatchObject({ mean: { psnr: 6 }, megapixels: 4, peakMemoryBytes: 7, secondsPerImage: 0.5 });
  expect(gamma.megapixelsPerSecond).toBe(4);
  expect(theirs.images).toEqual([{ name: "p0", psnr: 14 }]);
  expect(theirs.differences.psnr?.mean).toBe(8);
});

test("a method that is known is not run, and is compared with the others", async () => {
  const log: string[] = [];
  const images = [
    { name: "p0", psnr: 20 },
    { name: "p1", psnr: 30 },
  ];
  const torn = { file: "dark/p1.png", method: "gamma", code: "damaged", message: "torn" } as const;
  const known = { methods: [{ method: "gamma", images }], failures: [torn, { ...torn, method: "other" }] };
  const { evaluation } = await evaluateCandidates(planOf({ known }), fakePorts(log));
  expect(log).toEqual(["measure"]);
  const [gamma, theirs] = evaluation.methods;
  expect(gamma.images).toEqual(images);
  expect(theirs.differences.psnr?.mean).toBe(-6);
  expect(evaluation.failures.filter(({ code }) => code === "damaged")).toEqual([torn]);
});

test("failures come in order: photos not found, results missing, engines, measures", async () => {
  const notFound = { file: "dark/x.png", code: "not-found", message: "x" } as const;
  const unmeasured = { file: "f", code: "unsupported", message: "small" } as const;
  const ports = fakePorts([], {
    runEngine: async () => ({
      photos: [
        { code: "damaged", message: "torn" },
        { file: "p1.png", seconds: 1, megapixels: 1 },
      ],
    }),
  });
  const measurePhotos = async (photos: readonly PhotoResults[]) => {
    const measured = await ports.measurePhotos(photos);
    return measured.map((photo, i) => ({ ...photo, failures: i === 0 ? [unmeasured] : [] }));
  };
  const { evaluation } = await evaluateCandidates(planOf({ candidates: [folder, engine], failures: [notFound] }), {
    ...ports,
    measurePhotos,
  });
  expect(evaluation.failures).toEqual([
    notFound,
    {
      file: "results/p1",
      method: "theirs",
      code: "not-found",
      message: "results/p1: no result of that name for dark/p1.png.",
    },
    { file: "dark/p0.png", method: "gamma", code: "damaged", message: "torn" },
    unmeasured,
  ]);
});

test("a report gets pictures of at most 24 photos, evenly spread; without a report there are none", async () => {
  const subjects = subjectsOf(48);
  const shown = await evaluateCandidates(planOf({ subjects, withPreviews: true }), fakePorts([]));
  expect(shown.photos.map(({ name }) => name)).toEqual(subjects.flatMap(({ name }, i) => (i % 2 === 0 ? name : [])));
  expect((await evaluateCandidates(planOf({ subjects }), fakePorts([]))).photos).toEqual([]);
});
