import { type EdgeMap, edgeAgreement } from "./edge-map.ts";

/** Frames of one scene follow each other, at most this many places apart. */
const reach = 4;

/** Least agreement of frames near each other. Over 2,002 real frames: other scenes at most 0.25, the same scene 0.6 or more. */
const nearAgreement = 0.45;

/** Least agreement of scenes whose frames lie apart in the order of names. Over the same: other scenes at most 0.3, the same 0.9 or more. */
const farAgreement = 0.8;

/** Frames of each scene that are compared with other scenes: those nearest to middle grey, which show the most edges. */
const representatives = 2;

/**
 * Finds the scenes of a folder of exposure brackets: frames whose edges agree.
 *
 * Frames within four places of each other are compared first. Scenes found so are joined where their best exposed frames
 * agree closely, since names sorted as text can scatter a scene.
 *
 * @param frames in the order of their names, in which frames of one scene mostly follow each other.
 * @returns the numbers of the frames of each scene, ascending, scenes in the order of their first frames.
 */
export function groupScenes(frames: readonly EdgeMap[]): number[][] {
  const sceneOf = frames.map((_, i) => [i]);
  const join = (a: number, b: number) => {
    if (sceneOf[a] === sceneOf[b]) return;
    const joined = [...sceneOf[a], ...sceneOf[b]];
    for (const frame of joined) sceneOf[frame] = joined;
  };
  for (let b = 0; b < frames.length; b++) {
    for (let a = Math.max(0, b - reach); a < b; a++) {
      if (sceneOf[a] !== sceneOf[b] && edgeAgreement(frames[a], frames[b]) >= nearAgreement) join(a, b);
    }
  }
  const distanceFromGrey = (frame: number) => Math.abs(frames[frame].meanLuma - 0.45);
  const shown = [...new Set(sceneOf)].map((scene) =>
    [...scene].sort((a, b) => distanceFromGrey(a) - distanceFromGrey(b)).slice(0, representatives),
  );
  for (const [i, scene] of shown.entries()) {
    for (const other of shown.slice(0, i)) {
      const agrees = scene.some((a) => other.some((b) => edgeAgreement(frames[a], frames[b]) >= farAgreement));
      if (agrees) join(scene[0], other[0]);
    }
  }
  const scenes = [...new Set(sceneOf)].map((scene) => scene.sort((a, b) => a - b));
  return scenes.sort(([a], [b]) => a - b);
}
