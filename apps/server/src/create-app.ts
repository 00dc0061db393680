import { randomUUID } from "node:crypto";
import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import fastifyMultipart from "@fastify/multipart";
import fastifyRateLimit from "@fastify/rate-limit";
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest, LogController } from "fastify";
import { openapiDocument } from "./api/openapi-document.ts";
import { createTokenCheck } from "./api/token-check.ts";
import { answerTo, RequestError } from "./problems/problem.ts";
import { addFleetRoutes } from "./routes/fleet-routes.ts";
import { addInfoRoutes } from "./routes/info-routes.ts";
import { addPageRoutes, findPage } from "./routes/page-routes.ts";
import { addPhotoRoutes } from "./routes/photo-routes.ts";
import type { Services } from "./services.ts";

/** How often connections that are too slow are looked for. */
const checkMs = 1000;

const problemType = "application/problem+json; charset=utf-8";

/** Faults of a connection, by the code of Node's error. */
const connectionProblems: Readonly<Record<string, RequestError["code"]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "upload-too-slow",
  HPE_HEADER_OVERFLOW: "headers-too-large",
};

/** Creates the HTTP server without listening. */
export async function createApp(
  services: Services,
  tokens: readonly string[],
  logTo?: NodeJS.WritableStream,
): Promise<FastifyInstance> {
  const { options } = services;
  const maxBytes = Math.floor(options.maxMegabytes * 1e6);
  const uploadMs = options.uploadTimeout * 1000;
  const app: FastifyInstance = fastify({
    bodyLimit: maxBytes,
    requestTimeout: uploadMs,
    connectionTimeout: 0,
    keepAliveTimeout: 5000,
    forceCloseConnections: "idle",
    trustProxy: options.trustProxy,
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    logController: new LogController({ disableRequestLogging: true }),
    http: { headersTimeout: Math.min(uploadMs, 10_000), connectionsCheckingInterval: checkMs },
    logger: {
      level: options.logLevel,
      base: null,
      ...(logTo && { stream: logTo }),
      // What people send stays out of the log: no address, no name, no header.
      serializers: { req: () => ({}), res: () => ({}), err: describeError },
    },
    clientErrorHandler: ({ code }, socket) => refuseConnection(code, socket),
  });
  // A photo is known by its content, so that any type of body is one; curl's default says it is a form's text.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: maxBytes }, (_request, body, done) => done(null, body));
  await app.register(fastifyMultipart, {
    limits: {
      fileSize: maxBytes,
      files: 2,
      fields: 64,
      parts: 66,
      fieldNameSize: 100,
      fieldSize: 1000,
      headerPairs: 100,
    },
  });
  addHooks(app, services, tokens);
  if (options.rateLimit !== undefined) {
    await app.register(fastifyRateLimit, {
      global: false,
      timeWindow: "1 minute",
      errorResponseBuilder: () => Object.assign(new RequestError("rate-limited"), { statusCode: 429 }),
    });
  }
  app.setErrorHandler((error, request, reply) => sendProblem(error, request, reply));
  const allowed = gatherMethods(app);
  app.setNotFoundHandler((request, reply) => {
    const [path = ""] = request.url.split("?", 1);
    const methods = allowed.get(path);
    if (!methods) return sendProblem(new RequestError("no-route"), request, reply);
    const allow = [...methods].sort().join(", ");
    const error = new RequestError("wrong-method", `${request.method} ${path}: expected ${allow}.`);
    return sendProblem(error, request, reply.header("allow", allow));
  });
  const document = openapiDocument(tokens.length > 0, services.readFleet !== undefined);
  addPhotoRoutes(app, services);
  addInfoRoutes(app, services, document);
  if (services.readFleet) addFleetRoutes(app, services.readFleet);
  await addPageRoutes(app, findPage(options.page), document);
  return app;
}

/** Gathers the methods of every address as its routes are added; a pattern stands for addresses that may not be there. */
function gatherMethods(app: FastifyInstance): ReadonlyMap<string, ReadonlySet<string>> {
  const methods = new Map<string, Set<string>>();
  app.addHook("onRoute", ({ url, method }) => {
    if (/[*:]/.test(url)) return;
    const known = methods.get(url) ?? new Set();
    for (const each of [method].flat()) known.add(each);
    methods.set(url, known);
  });
  return methods;
}

/** Adds what every request goes through: headers, the token, its place, the log and the figures. */
function addHooks(app: FastifyInstance, { admission, meter, state }: Services, tokens: readonly string[]): void {
  const requireToken = createTokenCheck(tokens);
  app.decorateRequest("work", undefined);
  app.decorateRequest("problem", undefined);
  app.addHook("onRequest", async (request, reply) => {
    reply
      .header("request-id", request.id)
      .header("x-content-type-options", "nosniff")
      .header("referrer-policy", "no-referrer")
      // With these two the page may use threads.
      .header("cross-origin-opener-policy", "same-origin")
      .header("cross-origin-embedder-policy", "require-corp")
      .header("cross-origin-resource-policy", "same-origin")
      .header("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
    const { needsWorker = false, needsToken = needsWorker } = request.routeOptions.config;
    if (needsToken) requireToken(request.headers.authorization);
    if (!needsWorker) return;
    if (state.isStopping) throw new RequestError("stopping");
    const slot = admission.take();
    request.slot = slot;
    reply.raw.once("close", () => {
      if (!reply.raw.writableFinished) slot.abort("gone");
      slot.close();
    });
  });
  app.addHook("onResponse", async (request, reply) => {
    const { url: route = "none", config } = request.routeOptions;
    const ms = Math.round(reply.elapsedTime);
    meter.answered(route, request.method, reply.statusCode, ms / 1000);
    const bytesIn = Number(request.headers["content-length"]) || undefined;
    const { work, problem } = request;
    const told = { method: request.method, route, status: reply.statusCode, ms, bytesIn, ...work, problem };
    request.log[config.isPolled ? "debug" : "info"](told, "answered");
  });
}

/** Answers a request that never became one, as HTTP could not be read or came too slowly, and ends its connection. */
function refuseConnection(fault: string | undefined, socket: Socket): void {
  const { problem } = answerTo(new RequestError(connectionProblems[fault ?? ""] ?? "bad-request"));
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    `Content-Type: ${problemType}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "X-Content-Type-Options: nosniff",
    "Connection: close",
  ];
  if (socket.writable) socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
  socket.destroySoon();
}

/** Answers with problem JSON; what is the server's own fault is logged and not told. */
function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const { problem, retryAfterSeconds, isOwnFault } = answerTo(error);
  const isGone = request.slot?.reason === "gone";
  if (isOwnFault && !isGone) request.log.error({ err: error }, "failed");
  request.problem = isGone ? "client-gone" : problem.code;
  if (problem.status !== 412) reply.removeHeader("etag");
  if (retryAfterSeconds !== undefined) reply.header("retry-after", retryAfterSeconds);
  if (problem.status === 401) reply.header("www-authenticate", 'Bearer realm="kindling"');
  // What is left of a body that is not read would hold the connection.
  if (problem.status === 413 || problem.status === 503) reply.header("connection", "close");
  return reply.code(problem.status).header("cache-control", "no-store").type(problemType).send(JSON.stringify(problem));
}

/** An error for the log. */
function describeError(error: Error & { readonly code?: string }) {
  const { code = "", message, stack = "", cause } = error;
  return { type: error.name, message, stack, code, ...(cause instanceof Error && { cause: cause.message }) };
}
