import { enhancePhoto, formatLight, openEnhancer } from "@kindling/browser";

const [file, light, button, status, canvas] = ["[type=file]", "[type=range]", "button", "p", "canvas"].map((selector) =>
  document.querySelector(selector),
);
const screen = canvas.getContext("bitmaprenderer");
const opening = openEnhancer();
let scene;
let level = "auto";

// Show: a reduced picture, analysed once, then lit as often as the slider moves.
file.onchange = tellingErrors(async () => {
  const enhancer = await opening;
  const photo = await enhancer.read(file.files[0], { maxPixels: 1_000_000 });
  scene = await photo.analyse({ onProgress: (done) => tell(`${Math.round(done * 100)} %`) });
  photo.close();
  await show("auto");
});
light.oninput = tellingErrors(() => show(2 ** light.valueAsNumber)); // the slider runs in stops

async function show(wanted) {
  level = wanted;
  if (!scene) return;
  const { bitmap } = await scene.relight({ light: level });
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  screen.transferFromImageBitmap(bitmap);
  tell(`Light: ${level === "auto" ? level : formatLight(level)}`);
}

// Save: what is shown, at full size, with the camera's metadata and the colour profile kept.
button.onclick = tellingErrors(async () => {
  if (!file.files[0]) return tell("Choose a photo first.");
  const { bytes } = await enhancePhoto(file.files[0], { light: level, format: "jpeg" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
  link.download = "enhanced.jpg";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
});

function tell(text) {
  status.textContent = text;
}

function tellingErrors(act) {
  return () => act().catch((error) => tell(error.message));
}
