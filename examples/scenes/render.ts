import { createPicture } from "@kindling/core";
import type { LinearPicture } from "@kindling/lab";
import { type Arrival, hazeGlow, type Lamp, lampLight, type Moon, moonLight } from "./light.ts";
import type { Hit, Ray, Shape } from "./shapes.ts";
import type { Surface } from "./surface.ts";
import {
  add,
  addScaled,
  black,
  cross,
  dot,
  mix,
  multiply,
  normalise,
  reflect,
  scale,
  subtract,
  tangents,
  up,
  type Vector,
  vector,
} from "./vector.ts";

/** Everything there is to see, in linear light. */
export interface Scene {
  readonly shape: Shape;
  readonly lamps: readonly Lamp[];
  readonly moon: Moon;
  /** What a ray sees that meets nothing. */
  readonly sky: (direction: Vector) => Vector;
  /** Light from all around that reaches a surface with this normal. */
  readonly ambient: (normal: Vector) => Vector;
  /** Metres within which a neighbour keeps ambient light away. */
  readonly occlusionMetres: number;
  /** Haze: the share of light it takes per metre, and the light it gives instead. */
  readonly haze: { readonly perMetre: number; readonly colour: Vector };
}

/** Where a picture is taken from. */
export interface Camera {
  readonly position: Vector;
  readonly target: Vector;
  /** Angle of view from the bottom to the top edge. */
  readonly verticalDegrees: number;
}

/** Light below this is not worth a shadow ray. */
const faint = 0.006;
/** Brightest sample: a lamp looked at directly; without a limit its rim could not be smoothed by averaging. */
const brightest = 24;
/** Up to this roughness a lamp is seen mirrored; above, as a highlight: never both. */
const mirrorsLamps = 0.15;
/** From this bounce on, and in rough mirrors at once, images are too faint or blurred to need shadows of lamps. */
const blurred = 2;
const farMetres = 1000;

/**
 * Renders a scene by ray tracing: lamps with soft shadows, one stratified occlusion ray, two mirror bounces, haze.
 *
 * @param samplesPerSide rays of a pixel, n x n, jittered each in its own cell; every other choice of chance (place on a
 * lamp, rough mirror) is spread evenly over the rays of a pixel too.
 * @returns linear RGB; the same bytes on every run.
 */
export function render(
  scene: Scene,
  camera: Camera,
  width: number,
  height: number,
  samplesPerSide: number,
): LinearPicture {
  const picture = createPicture(width, height, 3);
  const ahead = normalise(subtract(camera.target, camera.position));
  const right = normalise(cross(up, ahead));
  const over = cross(ahead, right);
  const reach = Math.tan((camera.verticalDegrees * Math.PI) / 360);
  const rays = samplesPerSide * samplesPerSide;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let light = black;
      for (let index = 0; index < rays; index++) {
        const chance = createChance(x, y, index);
        const [u, v] = chance();
        const column = x + ((index % samplesPerSide) + u) / samplesPerSide;
        const row = y + (Math.floor(index / samplesPerSide) + v) / samplesPerSide;
        const sideways = ((2 * column - width) / height) * reach;
        const upwards = (1 - (2 * row) / height) * reach;
        const direction = normalise(addScaled(addScaled(ahead, right, sideways), over, upwards));
        light = add(light, limited(radiance(scene, { origin: camera.position, direction }, chance, 0), brightest));
      }
      const first = (y * width + x) * 3;
      picture.samples[first] = light.x / rays;
      picture.samples[first + 1] = light.y / rays;
      picture.samples[first + 2] = light.z / rays;
    }
  }
  return picture;
}

/** Pairs of numbers from 0 to 1 for one ray: a new dimension at each call, evenly spread over a pixel's rays. */
type Chance = () => readonly [number, number];

/**
 * The R2 sequence (Roberts 2018) over the rays of a pixel, shifted from pixel to pixel and dimension to dimension by
 * interleaved gradient noise (Jimenez 2014), which leaves errors too fine-grained to be seen.
 */
function createChance(x: number, y: number, index: number): Chance {
  let dimension = 0;
  return () => {
    const u = index * 0.7548776662466927 + shift(x, y, dimension);
    const v = index * 0.5698402909980532 + shift(x, y, dimension + 1);
    dimension += 2;
    return [u - Math.floor(u), v - Math.floor(v)];
  };
}

function shift(x: number, y: number, dimension: number): number {
  const ramp = 0.06711056 * (x + 47 * dimension) + 0.00583715 * (y + 17 * dimension);
  const spread = 52.9829189 * (ramp - Math.floor(ramp));
  return spread - Math.floor(spread);
}

function limited(light: Vector, most: number): Vector {
  return vector(Math.min(light.x, most), Math.min(light.y, most), Math.min(light.z, most));
}

function radiance(scene: Scene, ray: Ray, chance: Chance, bounce: number): Vector {
  const hit = scene.shape(ray, farMetres);
  const distance = hit ? hit.distance : farMetres;
  let light = hit ? shade(scene, ray, hit, chance, bounce) : scene.sky(ray.direction);
  if (hit) light = mix(scene.haze.colour, light, Math.exp(-scene.haze.perMetre * distance));
  for (const lamp of scene.lamps) {
    if (lamp.glow > 0) light = addScaled(light, lamp.colour, hazeGlow(lamp, ray.origin, ray.direction, distance));
  }
  return light;
}

function shade(scene: Scene, ray: Ray, hit: Hit, chance: Chance, bounce: number): Vector {
  const touched = addScaled(ray.origin, ray.direction, hit.distance);
  const point = addScaled(touched, hit.normal, 1e-3);
  const surface = hit.material(touched, hit.normal, ray.direction, hit.distance);
  const normal = surface.normal ?? hit.normal;

  let light = surface.emission ?? black;
  const { albedo } = surface;
  const catches = Math.max(albedo.x, albedo.y, albedo.z, surface.mirror ? 0.1 : 0);
  for (const lamp of scene.lamps) {
    const towards = subtract(lamp.position, point);
    const most = catches * Math.max(lamp.colour.x, lamp.colour.y, lamp.colour.z);
    if (dot(normal, towards) < -lamp.radius || most < faint * dot(towards, towards)) continue;
    const [u, v] = chance();
    const arrival = lampLight(lamp, point, u, v);
    light = add(light, direct(scene, surface, normal, ray, point, arrival, lamp.casts && bounce < blurred));
  }
  const [u, v] = chance();
  light = add(light, direct(scene, surface, normal, ray, point, moonLight(scene.moon, u, v), true));
  const open = bounce === 0 ? openness(scene, point, hit.normal, chance) : 0.8;
  light = add(light, scale(multiply(surface.albedo, scene.ambient(normal)), open));

  const mirror = surface.mirror ?? 0;
  const roughness = surface.roughness ?? 0;
  if (mirror <= 0 || bounce >= blurred) return light;
  const share = fresnel(mirror, -dot(ray.direction, normal)) * (1 - roughness * 0.6);
  if (share < 0.02) return light;
  const [a, b] = chance();
  const mirrored = roughened(reflect(ray.direction, normal), hit.normal, roughness, a, b);
  // A rough surface spreads a lamp's image so wide that no single ray may carry much of it.
  const most = 0.25 / Math.max(roughness, 0.025);
  const next = roughness < 0.05 ? bounce + 1 : blurred;
  const seen = limited(radiance(scene, { origin: point, direction: mirrored }, chance, next), most);
  return addScaled(light, surface.mirrorTint ? multiply(seen, surface.mirrorTint) : seen, share);
}

/** Diffuse light and the highlight (normalised Blinn-Phong) from one lamp or the moon. */
function direct(
  scene: Scene,
  surface: Surface,
  normal: Vector,
  ray: Ray,
  point: Vector,
  arrival: Arrival,
  casts: boolean,
): Vector {
  const cosine = dot(normal, arrival.direction);
  const { irradiance } = arrival;
  if (cosine <= 0) return black;
  let light = scale(multiply(surface.albedo, irradiance), cosine);
  const strength = surface.mirror ? Math.max(irradiance.x, irradiance.z) * 0.1 : 0;
  if (Math.max(light.x, light.y, light.z, strength) < faint) return black;
  if (casts && scene.shape({ origin: point, direction: arrival.direction }, arrival.distance, true)) return black;
  const roughness = surface.roughness ?? 0;
  // Smoother surfaces mirror the lamp's own glass; a highlight on top would count it twice.
  if (surface.mirror && roughness > mirrorsLamps && casts) {
    const half = normalise(subtract(arrival.direction, ray.direction));
    const exponent = 2 / roughness ** 3;
    const shine = ((exponent + 8) / 8) * Math.max(dot(half, normal), 0) ** exponent;
    const share = fresnel(surface.mirror, dot(half, arrival.direction)) * shine * cosine * 0.3;
    light = add(light, scale(surface.mirrorTint ? multiply(irradiance, surface.mirrorTint) : irradiance, share));
  }
  return light;
}

/** How much of the surroundings a point sees: 1 in the open, less in corners, by one cosine-weighted ray. */
function openness(scene: Scene, point: Vector, normal: Vector, chance: Chance): number {
  const [u, v] = chance();
  const [side, other] = tangents(normal);
  const r = Math.sqrt(u);
  const angle = 2 * Math.PI * v;
  const around = addScaled(scale(side, r * Math.cos(angle)), other, r * Math.sin(angle));
  const direction = addScaled(around, normal, Math.sqrt(1 - u));
  const hit = scene.shape({ origin: point, direction }, scene.occlusionMetres);
  return hit ? 0.15 + 0.85 * (hit.distance / scene.occlusionMetres) : 1;
}

/** Schlick's approximation (1994): every surface mirrors more at a flat look. */
function fresnel(straight: number, cosine: number): number {
  return straight + (1 - straight) * (1 - Math.min(Math.max(cosine, 0), 1)) ** 5;
}

/** A direction spread about the mirror's, kept above the surface. */
function roughened(direction: Vector, normal: Vector, roughness: number, u: number, v: number): Vector {
  const [side, other] = tangents(direction);
  // Squared twice: most rays stay close, a few stray, as in the lobe of a real rough surface.
  const r = roughness * roughness * Math.sqrt(u / (1.05 - u));
  const angle = 2 * Math.PI * v;
  const spread = normalise(add(direction, addScaled(scale(side, r * Math.cos(angle)), other, r * Math.sin(angle))));
  const below = dot(spread, normal);
  return below > 0 ? spread : normalise(addScaled(spread, normal, -2 * below));
}
