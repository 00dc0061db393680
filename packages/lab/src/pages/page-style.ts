/** The colours of every page and plot by name: in the light, in the dark. */
export const palette: Readonly<Record<string, readonly [light: string, dark: string]>> = {
  ground: ["#ffffff", "#14171b"],
  raised: ["#f5f6f8", "#1d2127"],
  line: ["#d9dde3", "#343a43"],
  text: ["#1b1f24", "#e6e9ee"],
  quiet: ["#586069", "#9ba4b0"],
  accent: ["#0b5cad", "#7db8ff"],
  "series-1": ["#0072b2", "#56b4e9"],
  "series-2": ["#c2410c", "#f5a067"],
  "series-3": ["#00795a", "#35c79a"],
  "series-4": ["#a3367a", "#e58cc0"],
  "series-5": ["#7a6400", "#e3c84a"],
  "series-6": ["#5b4bb5", "#a99bf5"],
  "series-7": ["#4b5563", "#b6bec9"],
  "series-8": ["#9f1d1d", "#f08a8a"],
};

/** The look of the lines and numbers around a plot. */
export const plotStyle = `svg .tick { fill: var(--quiet); font-size: 11px; }
svg .grid { stroke: var(--line); stroke-width: 1; }
svg .axis { stroke: var(--quiet); stroke-width: 1; }`;

/** The look of every page: light and dark, readable on a phone, on paper without its controls. */
export const pageStyle = `
:root {
  color-scheme: light dark;
${Object.entries(palette)
  .map(([name, [light, dark]]) => `  --${name}: light-dark(${light}, ${dark});`)
  .join("\n")}
}
:root[data-theme="light"] { color-scheme: light; }
:root[data-theme="dark"] { color-scheme: dark; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 86rem; padding: 1.5rem 1.25rem 4rem; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
header { display: flex; gap: 1rem; align-items: flex-start; justify-content: space-between; border-bottom: 1px solid var(--line);
  padding-bottom: 1rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0; letter-spacing: -0.01em; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 0.5rem; }
p { margin: 0.35rem 0; max-width: 62rem; }
header p, .note, figcaption, td small { color: var(--quiet); }
.note { font-size: 0.87rem; }
code { font: 0.92em ui-monospace, "SF Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
a { color: var(--accent); }
button, select { font: inherit; color: inherit; background: var(--raised); border: 1px solid var(--line); border-radius: 6px;
  padding: 0.25rem 0.6rem; }
button { cursor: pointer; white-space: nowrap; }
button:hover, select:hover { border-color: var(--quiet); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
[hidden] { display: none !important; }

.scroll { overflow-x: auto; border: 1px solid var(--line); border-radius: 8px; margin: 0.75rem 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { padding: 0.4rem 0.5rem; text-align: right; vertical-align: top; white-space: nowrap; }
th:first-child, td:first-child { text-align: left; }
tbody th { font-weight: 600; }
thead th, thead td { background: var(--raised); vertical-align: bottom; font-size: 0.82rem; }
thead tr:last-child th { border-bottom: 1px solid var(--line); }
thead .groups th { text-align: left; white-space: normal; font-weight: 400; color: var(--quiet); padding-bottom: 0; }
thead button { all: unset; cursor: pointer; white-space: normal; font-weight: 600; }
thead button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
th.apart, td.apart { border-left: 1px solid var(--line); }
th[aria-sort] button::after { content: " ▲"; color: var(--accent); font-size: 0.75em; }
th[aria-sort="descending"] button::after { content: " ▼"; }
tbody tr + tr > * { border-top: 1px solid var(--line); }
td small, tbody th small { display: block; font-size: 0.72rem; font-weight: 400; color: var(--quiet); }
th:first-child, td:first-child { position: sticky; left: 0; background: var(--ground); }
thead th:first-child, thead td:first-child { background: var(--raised); }
td.best { font-weight: 700; }
td.best::before { content: "★ "; color: var(--accent); font-size: 0.8em; }
td.best small { font-weight: 400; }
.swatch { display: inline-block; width: 0.7em; height: 0.7em; border-radius: 50%; margin-right: 0.45em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.25rem 1rem; margin: 0.5rem 0; font-size: 0.9rem; }
dt { font-weight: 600; }
dd { margin: 0; color: var(--quiet); }
summary { cursor: pointer; color: var(--accent); }

.plots { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(30rem, 100%), 1fr)); gap: 1rem; margin-top: 0.75rem; }
@media (max-width: 40rem) { .plots figure { overflow-x: auto; } .plots svg { min-width: 30rem; } }
.plots figure { border: 1px solid var(--line); border-radius: 8px; padding: 0.75rem; }
figure { margin: 0; min-width: 0; }
figcaption { font-size: 0.87rem; margin-top: 0.35rem; }
figcaption strong { color: var(--text); }
svg { display: block; width: 100%; height: auto; }
svg.piece { display: inline-block; width: 2.5rem; height: 0.5rem; margin-right: 0.45em; }
svg text { fill: var(--text); font-size: 12px; }
${plotStyle}
svg [data-photo] { cursor: pointer; }
svg [data-photo]:hover { stroke: var(--text); stroke-width: 1.5; fill-opacity: 1; }

.samples { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(14rem, 100%), 1fr)); gap: 0.6rem; }
.samples img { width: 100%; height: auto; border-radius: 6px; }
pre { overflow-x: auto; background: var(--raised); border-radius: 8px; padding: 0.75rem; }

.controls { display: flex; flex-wrap: wrap; gap: 0.5rem 1.1rem; align-items: center; margin: 0.75rem 0; }
.controls label, .controls span.group { display: inline-flex; gap: 0.4rem; align-items: center; }
.controls select { max-width: 16rem; }
.controls fieldset { border: 0; padding: 0; margin: 0; display: inline-flex; }
.controls fieldset label { border: 1px solid var(--line); padding: 0.25rem 0.7rem; cursor: pointer; margin-left: -1px; background: var(--raised); }
.controls fieldset label:first-of-type { border-radius: 6px 0 0 6px; }
.controls fieldset label:last-of-type { border-radius: 0 6px 6px 0; }
.controls fieldset label:has(:checked) { background: var(--accent); border-color: var(--accent); color: var(--ground); }
.controls fieldset label:has(:focus-visible) { outline: 2px solid var(--accent); outline-offset: 2px; }
.controls fieldset input { position: absolute; opacity: 0; pointer-events: none; }
#viewer[data-mode="all"] .for-pair, #viewer[data-mode="slider"] .for-difference { display: none; }
#stage { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr)); gap: 0.9rem; min-height: 12rem;
  align-items: start; }
#viewer[data-mode="slider"] #stage { grid-template-columns: minmax(0, 60rem); justify-content: center; }
.frame { position: relative; overflow: hidden; border-radius: 6px; background: #000; cursor: crosshair; line-height: 0; touch-action: pan-y; }
.frame > img, .frame > canvas:not(.lens) { width: 100%; height: auto; }
.frame > .over { position: absolute; inset: 0; height: 100%; clip-path: inset(0 calc(100% - var(--cut, 50%)) 0 0); }
#slider { width: 100%; margin: 0.5rem 0 0; accent-color: var(--accent); }
input[type="range"] { accent-color: var(--accent); }
.lens { position: absolute; border-radius: 50%; box-shadow: 0 0 0 2px #fff, 0 0 0 3px #0008, 0 4px 18px #000a; pointer-events: none; }
.failures li { margin: 0.2rem 0; overflow-wrap: anywhere; }

@media print {
  .controls, #theme { display: none; }
  body { max-width: none; }
}
`;
