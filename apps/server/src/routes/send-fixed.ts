import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { holdsTag } from "../api/result-tag.ts";

/** Sends a text that stays the same while the server runs; a client that has it gets 304. */
export function sendFixed(request: FastifyRequest, reply: FastifyReply, text: string, type: string): FastifyReply {
  const tag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 27)}"`;
  reply.header("etag", tag).header("cache-control", "no-cache");
  if (holdsTag(request.headers["if-none-match"], tag)) return reply.code(304).send();
  return reply.type(type).send(text);
}
