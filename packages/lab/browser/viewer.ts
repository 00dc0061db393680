// Pictures of one photo side by side, as a slider or all at once, with a magnifier that is at the same place in each.
export {};

interface Picture {
  readonly label: string;
  readonly uri: string;
  readonly caption?: string;
}

interface Photo {
  readonly name: string;
  readonly pictures: readonly Picture[];
}

function element<Found extends HTMLElement>(selector: string): Found {
  const found = document.querySelector<Found>(selector);
  if (!found) throw new Error(`The page has no ${selector}.`);
  return found;
}

const photos: readonly Photo[] = JSON.parse(element("#photos-data").textContent ?? "[]");
const stage = element<HTMLDivElement>("#stage");
const photoChoice = element<HTMLSelectElement>("#photo");
const leftChoice = element<HTMLSelectElement>("#left");
const rightChoice = element<HTMLSelectElement>("#right");
const zoomChoice = element<HTMLSelectElement>("#zoom");
const gainRange = element<HTMLInputElement>("#gain");
const viewer = element("#viewer");

type Drawable = HTMLImageElement | HTMLCanvasElement;

/** Where the magnifier is, as shares of width and height; nowhere while it is off. */
let spot: { readonly x: number; readonly y: number } | undefined;
/** Counts drawings, so that pictures which load late do not end up in a later drawing. */
let drawing = 0;

function mode(): string {
  return element<HTMLInputElement>("input[name=mode]:checked").value;
}

function fillChoice(choice: HTMLSelectElement, labels: readonly string[], wanted: number): void {
  const kept = choice.value;
  choice.replaceChildren(...labels.map((label) => new Option(label, label)));
  choice.value = labels.includes(kept) ? kept : (labels[Math.min(wanted, labels.length - 1)] ?? "");
}

async function draw(): Promise<void> {
  const photo = photos[photoChoice.selectedIndex];
  if (!photo) return;
  const labels = photo.pictures.map(({ label }) => label);
  const reference = labels.indexOf("reference");
  fillChoice(leftChoice, labels, reference < 0 ? 0 : reference + 1);
  fillChoice(rightChoice, labels, reference < 0 ? 1 : reference);
  const pictureOf = (label: string) => photo.pictures.find((picture) => picture.label === label);
  const [left, right] = [pictureOf(leftChoice.value), pictureOf(rightChoice.value)];
  if (!left || !right) return;
  viewer.setAttribute("data-mode", mode());
  drawing++;
  const mine = drawing;
  const isAll = mode() === "all";
  const shown = isAll ? photo.pictures : [left, right];
  const images = await Promise.all(shown.map(({ uri }) => loadImage(uri)));
  if (mine !== drawing) return;
  const [a, b] = images;
  if (mode() === "slider" && a && b) stage.replaceChildren(sliderFigure(left, right, a, b));
  else {
    const figures = shown.map((picture, i) => figureOf(images[i] as Drawable, picture.label, picture.caption));
    if (!isAll && a && b) figures.push(differenceFigure(a, b));
    stage.replaceChildren(...figures);
  }
  drawLenses();
}

async function loadImage(uri: string): Promise<HTMLImageElement> {
  const image = new Image();
  image.src = uri;
  await image.decode();
  return image;
}

function figureOf(content: Drawable, label: string, caption = ""): HTMLElement {
  const figure = document.createElement("figure");
  const frame = document.createElement("div");
  frame.className = "frame";
  frame.tabIndex = 0;
  frame.role = "img";
  frame.ariaLabel = `${label}. Arrow keys move the magnifier, Escape puts it away.`;
  content.ariaHidden = "true";
  const lens = document.createElement("canvas");
  lens.className = "lens";
  lens.hidden = true;
  frame.append(content, lens);
  const text = document.createElement("figcaption");
  const name = document.createElement("strong");
  name.textContent = label;
  text.append(name, ` ${caption}`);
  figure.append(frame, text);
  followPointer(frame);
  return figure;
}

function differenceFigure(a: HTMLImageElement, b: HTMLImageElement): HTMLElement {
  const canvas = document.createElement("canvas");
  paintDifference(canvas, a, b);
  const gain = Number(gainRange.value);
  const figure = figureOf(canvas, "difference", `black: none, white: ${Math.round(255 / gain)} levels and more`);
  figure.id = "difference";
  return figure;
}

/** Black, violet, orange, pale yellow: brightness rises evenly. */
const ramp = [
  [0, 0, 4],
  [87, 16, 110],
  [188, 55, 84],
  [249, 142, 9],
  [252, 255, 222],
] as const;

function paintDifference(canvas: HTMLCanvasElement, a: HTMLImageElement, b: HTMLImageElement): void {
  const [width, height] = [a.naturalWidth, a.naturalHeight];
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) return;
  const samplesOf = (image: HTMLImageElement) => {
    context.drawImage(image, 0, 0, width, height);
    return context.getImageData(0, 0, width, height);
  };
  const [first, second] = [samplesOf(a).data, samplesOf(b).data];
  const map = context.createImageData(width, height);
  const gain = Number(gainRange.value);
  for (let p = 0; p < first.length; p += 4) {
    let sum = 0;
    for (let c = p; c < p + 3; c++) sum += Math.abs((first[c] ?? 0) - (second[c] ?? 0));
    const place = Math.min(1, (gain * sum) / (3 * 255)) * (ramp.length - 1);
    const below = ramp[Math.floor(place)] ?? ramp[0];
    const above = ramp[Math.ceil(place)] ?? ramp[0];
    for (const c of [0, 1, 2] as const) map.data[p + c] = below[c] + (place % 1) * (above[c] - below[c]);
    map.data[p + 3] = 255;
  }
  context.putImageData(map, 0, 0);
}

function sliderFigure(left: Picture, right: Picture, a: HTMLImageElement, b: HTMLImageElement): HTMLElement {
  const figure = figureOf(b, `${left.label} | ${right.label}`);
  const frame = figure.querySelector(".frame");
  a.className = "over";
  a.ariaHidden = "true";
  const range = document.createElement("input");
  range.type = "range";
  range.id = "slider";
  range.min = "0";
  range.max = "100";
  range.value = "50";
  range.ariaLabel = `How much of ${left.label} is shown`;
  const cut = () => figure.style.setProperty("--cut", `${range.value}%`);
  range.addEventListener("input", cut);
  cut();
  b.after(a);
  frame?.after(range);
  return figure;
}

function followPointer(frame: HTMLElement): void {
  const moveTo = (x: number, y: number) => {
    spot = { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
    drawLenses();
  };
  frame.addEventListener("pointermove", (event) => {
    const box = frame.getBoundingClientRect();
    moveTo((event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
  });
  const putAway = () => {
    spot = undefined;
    drawLenses();
  };
  frame.addEventListener("pointerleave", putAway);
  frame.addEventListener("blur", putAway);
  frame.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (event.key === "Escape") putAway();
    if (!step) return;
    event.preventDefault();
    const { x, y } = spot ?? { x: 0.5, y: 0.5 };
    moveTo(x + (step[0] ?? 0) * 0.02, y + (step[1] ?? 0) * 0.02);
  });
}

function drawLenses(): void {
  for (const frame of stage.querySelectorAll<HTMLElement>(".frame")) {
    const lens = frame.querySelector<HTMLCanvasElement>(".lens");
    if (!lens) continue;
    lens.hidden = spot === undefined;
    if (spot) drawLens(frame, lens, spot);
  }
}

function drawLens(frame: HTMLElement, lens: HTMLCanvasElement, { x, y }: { x: number; y: number }): void {
  const box = frame.getBoundingClientRect();
  const side = Math.round(Math.min(220, 0.55 * Math.min(box.width, box.height)));
  lens.width = side;
  lens.height = side;
  lens.style.left = `${x * box.width - side / 2}px`;
  lens.style.top = `${y * box.height - side / 2}px`;
  const over = frame.querySelector<HTMLImageElement>(".over");
  const cut = Number(stage.querySelector<HTMLInputElement>("#slider")?.value ?? 0) / 100;
  const content = over && x < cut ? over : frame.querySelector<Drawable>("img:not(.over), canvas:not(.lens)");
  const context = lens.getContext("2d");
  if (!content || !context) return;
  const [width, height] =
    content instanceof HTMLImageElement
      ? [content.naturalWidth, content.naturalHeight]
      : [content.width, content.height];
  // One page pixel of the picture becomes `zoom` pixels of the lens.
  const seen = side / Number(zoomChoice.value);
  const [across, down] = [(seen * width) / box.width, (seen * height) / box.height];
  context.imageSmoothingEnabled = false;
  context.drawImage(content, x * width - across / 2, y * height - down / 2, across, down, 0, 0, side, side);
}

function turn(step: number): void {
  photoChoice.selectedIndex = (photoChoice.selectedIndex + step + photos.length) % photos.length;
  void draw();
}

photoChoice.replaceChildren(...photos.map(({ name }) => new Option(name, name)));
document.querySelector("#previous")?.addEventListener("click", () => turn(-1));
document.querySelector("#next")?.addEventListener("click", () => turn(1));
for (const control of viewer.querySelectorAll("select, input")) {
  control.addEventListener("input", () => void draw());
}
for (const dot of document.querySelectorAll<SVGElement>("[data-photo]")) {
  dot.addEventListener("click", () => {
    const index = photos.findIndex(({ name }) => name === dot.getAttribute("data-photo"));
    if (index < 0) return;
    photoChoice.selectedIndex = index;
    viewer.scrollIntoView();
    void draw();
  });
}
void draw();
