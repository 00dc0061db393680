import { enhancePhoto, formatLight, openEnhancer } from "@kindling/browser";

const [file, light, button, status, canvas] = ["[type=file]", "[type=range]", "button", "p", "canvas"].map((selector) =>
  document.querySelector(selector),
);
const screen = canvas.getContext("bitmaprenderer");
const opening = openEnhancer();
let scene;

// Show: a reduced picture, analysed once, then lit as often as the slider moves.
file.onchange = async () => {
  try {
    const enhancer = await opening;
    const photo = await enhancer.read(file.files[0], { maxPixels: 1_000_000 });
    scene = await photo.analyse({ onProgress: (done) => (status.textContent = `${Math.round(done * 100)} %`) });
    await show("auto");
  } catch (error) {
    status.textContent = error.message;
  }
};
light.oninput = () => show(2 ** light.valueAsNumber); // the slider runs in stops

async function show(level) {
  const { bitmap } = await scene.relight({ light: level });
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  screen.transferFromImageBitmap(bitmap);
  status.textContent = `Light: ${level === "auto" ? level : formatLight(level)}`;
}

// Save: at full size, with the camera's metadata and the colour profile kept.
button.onclick = async () => {
  const { bytes } = await enhancePhoto(file.files[0], { light: 2 ** light.valueAsNumber, format: "jpeg" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }));
  link.download = "enhanced.jpg";
  link.click();
};
