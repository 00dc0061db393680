export * from "./synthesis/camera-settings.ts";
export * from "./synthesis/colour-temperature.ts";
export * from "./synthesis/expose-dark.ts";
export * from "./synthesis/sensor-noise.ts";
export * from "./synthesis/vignetting.ts";
export * from "./training/step-runner.ts";
