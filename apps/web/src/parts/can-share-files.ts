/** Whether files can be handed to other apps; on phones that is how they come among the photos. */
export const canShareFiles: boolean =
  "canShare" in navigator && navigator.canShare({ files: [new File([""], "photo.jpg", { type: "image/jpeg" })] });
