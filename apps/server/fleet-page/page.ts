// Shows how far a fleet is: asks /v1/fleet again and again, and writes what it answers.
import { describeProgress, type Progress, rateOf, type Seen } from "./describe-progress.ts";

/** Milliseconds between two looks. */
const everyMs = 1000;
/** Looks over which the rate is taken. */
const looks = 30;

let token: string | undefined;
let seen: Seen[] = [];
let heard = "";

/** The element of the page with an identifier. */
function at<Kind extends HTMLElement>(id: string): Kind {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no #${id}.`);
  return element as Kind;
}

function show(progress: Progress): void {
  const { done, failed, total, queue, workers } = progress;
  if (seen.length > 0 && done < (seen.at(-1)?.done ?? 0)) seen = [];
  seen = [...seen, { at: performance.now() / 1000, done }].slice(-looks);
  const told = describeProgress(progress, rateOf(seen, progress));
  at("queue").textContent = `fleet ${queue}`;
  at("headline").textContent = told.headline;
  at("pace").textContent = told.pace;
  at<HTMLProgressElement>("bar").value = total === 0 ? 0 : (done + failed) / total;
  at("counts").replaceChildren(
    ...told.counts.map(([name, value]) => {
      const pair = document.createElement("div");
      pair.append(withText("dt", name), withText("dd", value));
      return pair;
    }),
  );
  at("set-aside").hidden = failed === 0;
  const names = workers.length === 0 ? ["none is connected: start kindling work"] : workers;
  at("workers").replaceChildren(...names.map((name) => withText("li", name)));
  at("progress").hidden = false;
  at("token-form").hidden = true;
  document.title = `${told.title} - Kindling`;
  if (told.heard !== heard) at("heard").textContent = told.heard;
  heard = told.heard;
}

function withText(tag: string, text: string): HTMLElement {
  const element = document.createElement(tag);
  element.textContent = text;
  return element;
}

/** Shows what hinders the page; undefined when nothing does any more. */
function notice(text: string | undefined): void {
  const element = at("notice");
  if (text !== undefined && element.textContent !== text) element.textContent = text;
  element.hidden = text === undefined;
}

/** Asks once. Gives whether to ask again by itself. */
async function look(): Promise<boolean> {
  const response = await fetch("v1/fleet", {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    signal: AbortSignal.timeout(20_000),
  }).catch(() => undefined);
  if (response?.status === 401) {
    notice(token === undefined ? undefined : "The server does not know this token.");
    at("progress").hidden = true;
    at("token-form").hidden = false;
    return false;
  }
  if (response?.ok) {
    show((await response.json()) as Progress);
    notice(undefined);
  } else {
    notice(
      response?.status === 503
        ? "The queue of the fleet does not answer. This page goes on as soon as it does."
        : "The server does not answer. This page goes on as soon as it does.",
    );
  }
  return true;
}

async function follow(): Promise<void> {
  // A page that nobody sees asks nothing.
  while (document.hidden || (await look().catch(() => true))) {
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}

at<HTMLFormElement>("token-form").addEventListener("submit", (event) => {
  event.preventDefault();
  token = at<HTMLInputElement>("token").value.trim();
  void follow();
});

void follow();
