import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { mediaTypes, negotiateFormat } from "../api/negotiate-format.ts";
import { readPhotoRequest } from "../api/read-photo.ts";
import { enhanceRequest, mapsRequest, methodOf, readRequestOptions } from "../api/request-options.ts";
import { holdsTag, resultTag } from "../api/result-tag.ts";
import { RequestError } from "../problems/problem.ts";
import type { Services } from "../services.ts";

/** Adds `POST /v1/enhance` and `POST /v1/maps`, the requests that a worker is needed for. */
export function addPhotoRoutes(app: FastifyInstance, services: Services): void {
  const { options, pool, methods, meter } = services;
  const timeoutMs = options.timeout * 1000;
  const config = { needsWorker: true, rateLimit: options.rateLimit !== undefined && { max: options.rateLimit } };

  app.post("/v1/enhance", { config }, async (request, reply) => {
    const { photo, mask, values } = await readPhotoRequest(request);
    const given = readRequestOptions(enhanceRequest, values);
    const { format: asked, light, depth, quality, stripGps } = given;
    const { method: named, settings, strengths, notes: leftOut } = methodOf(given);
    const method = await methods.choose(named);
    const format = values["format"] === undefined ? negotiateFormat(request.headers.accept) : asked;
    const rest = { light, depth, quality, stripGps, ...strengths, format, settings };
    const wanted = { ...rest, method: methods.identify(method) };
    requireNew(request, reply, resultTag([photo, mask], wanted));
    const enhanced = await request.slot.work(timeoutMs, (signal) =>
      pool.enhance(photo, { ...rest, method, mask }, { signal }),
    );
    meter.worked("enhance", enhanced.megapixels, enhanced.seconds);
    request.work = { megapixels: enhanced.megapixels, seconds: enhanced.seconds };
    const notes = [...leftOut, ...enhanced.notes].map((note) => encodeURIComponent(note));
    setResultHeaders(reply, options.cacheSeconds, services.isPrivate)
      .header("kindling-light", enhanced.light.toFixed(3))
      .header("kindling-method", enhanced.method)
      .header("server-timing", `enhance;dur=${Math.round(enhanced.seconds * 1000)}`)
      .type(mediaTypes[enhanced.format]);
    if (notes.length > 0) reply.header("kindling-notes", notes.join(", "));
    return reply.send(Buffer.from(enhanced.content.buffer, enhanced.content.byteOffset, enhanced.content.length));
  });

  app.post("/v1/maps", { config }, async (request, reply) => {
    const { photo, mask, values } = await readPhotoRequest(request);
    if (mask) throw new RequestError("bad-request", "Maps take no mask.");
    const { map, format, depth, ...rest } = readRequestOptions(mapsRequest, values);
    const { method: named, settings } = methodOf(rest);
    const method = await methods.choose(named);
    const maps = map === "both" ? (["reflectance", "illumination"] as const) : ([map] as const);
    requireNew(request, reply, resultTag([photo], { map, format, depth, settings, method: methods.identify(method) }));
    const startedAt = performance.now();
    const wanted = { method, settings, maps, format, depth: depth === "16" ? 16 : 8 } as const;
    const made = await request.slot.work(timeoutMs, (signal) => pool.maps(photo, wanted, { signal }));
    const seconds = (performance.now() - startedAt) / 1000;
    meter.worked("maps", made.megapixels, seconds);
    request.work = { megapixels: made.megapixels, seconds };
    setResultHeaders(reply, options.cacheSeconds, services.isPrivate);
    const type = mediaTypes[format];
    const [first] = maps;
    if (map !== "both") return reply.type(type).send(Buffer.from(made.files[first] ?? []));
    const form = new FormData();
    for (const name of maps) form.set(name, new Blob([made.files[name] ?? ""], { type }), `${name}.${format}`);
    const encoded = new Response(form);
    return reply.type(encoded.headers.get("content-type") ?? "").send(Buffer.from(await encoded.arrayBuffer()));
  });
}

/**
 * Sets the tag of a result, and refuses to make one that the client has. A request that is no GET is then answered 412
 * (RFC 9110, 13.1.2).
 */
function requireNew(request: FastifyRequest, reply: FastifyReply, tag: string): void {
  reply.header("etag", tag).header("vary", "Accept");
  if (holdsTag(request.headers["if-none-match"], tag)) throw new RequestError("precondition-failed");
}

function setResultHeaders(reply: FastifyReply, cacheSeconds: number, isPrivate: boolean): FastifyReply {
  const scope = isPrivate ? "private" : "public";
  return reply.header("cache-control", cacheSeconds > 0 ? `${scope}, max-age=${cacheSeconds}` : `${scope}, no-cache`);
}
