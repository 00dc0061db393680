import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** The figures of a server for Prometheus. */
export interface Meter {
  /** Counts an answered request; routes are patterns, so that their number is bounded. */
  answered(route: string, method: string, status: number, seconds: number): void;
  /** Counts a photo that was worked on. */
  worked(kind: "enhance" | "maps", megapixels: number, seconds: number): void;
  /** The figures as text, and its media type. */
  read(): Promise<{ readonly text: string; readonly type: string }>;
}

/** What is read when the figures are asked for. */
export interface MeterSources {
  /** Requests that are arriving, waiting or worked on. */
  taken(): number;
  readonly capacity: number;
  readonly workers: number;
  isReady(): boolean;
}

/** Creates the figures of one server. */
export function createMeter({ taken, capacity, workers, isReady }: MeterSources): Meter {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const requests = new Counter({
    name: "kindling_requests_total",
    help: "Requests answered",
    labelNames: ["route", "method", "status"] as const,
    registers,
  });
  const durations = new Histogram({
    name: "kindling_request_seconds",
    help: "Time from a request's arrival to its answer",
    labelNames: ["route"] as const,
    buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const work = new Histogram({
    name: "kindling_work_seconds",
    help: "Time in which a photo was worked on, without waiting",
    labelNames: ["kind"] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const pixels = new Counter({
    name: "kindling_megapixels_total",
    help: "Megapixels worked on",
    labelNames: ["kind"] as const,
    registers,
  });
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  gauge("kindling_requests_in_progress", "Requests that arrive, wait or are worked on", taken);
  gauge("kindling_requests_capacity", "Most such requests; further ones are answered 503", () => capacity);
  gauge("kindling_workers", "Photos that are worked on at the same time", () => workers);
  gauge("kindling_ready", "Whether photos are taken: 1 or 0", () => (isReady() ? 1 : 0));
  return {
    answered(route, method, status, seconds) {
      requests.inc({ route, method, status });
      durations.observe({ route }, seconds);
    },
    worked(kind, megapixels, seconds) {
      pixels.inc({ kind }, megapixels);
      work.observe({ kind }, seconds);
    },
    read: async () => ({ text: await registry.metrics(), type: registry.contentType }),
  };
}
