/** The screen's colour space, in which pictures are drawn: one of Display P3 shows more than sRGB. */
export const screenColour: PredefinedColorSpace = matchMedia("(color-gamut: p3)").matches ? "display-p3" : "srgb";
