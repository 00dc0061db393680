import { photoFormats, version } from "@kindling/node";
import { z } from "zod";
import { problemStatuses } from "../problems/problem.ts";
import { fleetProgress } from "./fleet-progress.ts";
import { mediaTypes } from "./negotiate-format.ts";
import { enhanceRequest, mapsRequest } from "./request-options.ts";

type Json = Readonly<Record<string, unknown>>;

/**
 * The OpenAPI 3.1 document of the API. Options come from the schemas that check them, which for `POST /v1/enhance` are those
 * of the command line.
 *
 * @param needsToken whether requests need a bearer token.
 * @param showsFleet whether the server shows the progress of a fleet.
 */
export function openapiDocument(needsToken: boolean, showsFleet: boolean): Json {
  const tagged = {
    ETag: header("Identifies the result; send it as If-None-Match to skip work on a result that you have."),
  };
  const enhanced = {
    ...tagged,
    "Kindling-Light": header(
      "The light level that was asked for or that auto chose, a factor of the photo's light; highlights may allow less.",
    ),
    "Kindling-Method": header("The method that made the result; of a network with the tag of its weights."),
    "Kindling-Notes": header(
      "Conversions, losses, and options that the method cannot do, percent-encoded, separated by commas; left out where there are none.",
    ),
    "Server-Timing": header("Milliseconds in which the photo was worked on."),
  };
  const pictures = Object.fromEntries(photoFormats.map((format) => [mediaTypes[format], { schema: file }]));
  const form = {
    "multipart/form-data": { schema: { type: "object", properties: { reflectance: file, illumination: file } } },
  };
  return {
    openapi: "3.1.0",
    info: {
      title: "Kindling",
      version,
      description:
        "Turns dark photos into good ones. Photos come in the request; no address in a request is ever opened.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/" }],
    ...(needsToken ? { security: [{ token: [] }] } : {}),
    paths: {
      "/v1/enhance": {
        post: operation("enhancePhoto", "Enhance a photo", {
          description:
            "The header Accept decides the format, unless the option format does. By default it stays the photo's own.",
          schema: enhanceRequest,
          files: {
            photo: file,
            mask: { ...file, description: "A picture: white takes all of the light, black none." },
          },
          answer: { description: "The enhanced photo", headers: enhanced, content: pictures },
        }),
      },
      "/v1/maps": {
        post: operation("splitPhoto", "Split a photo into reflectance and illumination", {
          description: "Both maps are answered as a form with two files, one as a picture.",
          schema: mapsRequest,
          files: { photo: file },
          answer: { description: "The maps", headers: tagged, content: { ...form, ...pictures } },
        }),
      },
      "/v1/methods": get("listMethods", "List methods and networks", "application/json"),
      ...(showsFleet ? { "/v1/fleet": fleetOperation } : {}),
      "/healthz": get("readHealth", "Whether the server lives", "application/json", []),
      "/readyz": get("readReadiness", "Whether the server takes photos: 200, or 503", "application/json", []),
      "/metrics": get("readMetrics", "Figures for Prometheus", "text/plain"),
    },
    components: {
      schemas: { Problem: problemSchema },
      ...(needsToken ? { securitySchemes: { token: { type: "http", scheme: "bearer" } } } : {}),
    },
  };
}

const file: Json = { type: "string", format: "binary" };

const problemSchema: Json = {
  type: "object",
  required: ["type", "title", "status", "code", "retryable"],
  properties: {
    type: { type: "string", examples: ["urn:kindling:problem:too-large"] },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string", description: "What was expected, what came, and the remedy." },
    code: { type: "string" },
    retryable: { type: "boolean", description: "Whether the same request may succeed later." },
  },
};

function header(description: string): Json {
  return { description, schema: { type: "string" } };
}

function operation(
  operationId: string,
  summary: string,
  { description, schema, files, answer }: { description: string; schema: z.ZodObject; files: Json; answer: Json },
): Json {
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>).map(([name, field]) => ({
    name,
    schema: fieldSchema(field),
    description: field.meta()?.description ?? "",
  }));
  const properties = Object.fromEntries(
    fields.map(({ name, ...field }) => [name, { ...field.schema, description: field.description }]),
  );
  return {
    operationId,
    summary,
    description,
    parameters: fields.map((field) => ({ ...field, in: "query", required: false })),
    requestBody: {
      required: true,
      description:
        "A JPEG, PNG, WebP, AVIF, TIFF, HEIC, JPEG XL, BMP or raw file, or a form with it and the options as fields.",
      content: {
        "image/*": { schema: file },
        "application/octet-stream": { schema: file },
        "multipart/form-data": {
          schema: { type: "object", required: ["photo"], properties: { ...files, ...properties } },
        },
      },
    },
    responses: { 200: answer, ...problemResponses },
  };
}

const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };

const problemResponses: Json = Object.fromEntries(
  [...problemStatuses()].map(([status, titles]) => {
    const retry = { headers: { "Retry-After": header("Seconds after which to try again.") } };
    const answer = { description: titles.join(". "), content: problemContent };
    return [status, status === 503 || status === 429 ? { ...answer, ...retry } : answer];
  }),
);

function get(operationId: string, summary: string, type: string, security?: readonly unknown[]): Json {
  return {
    get: {
      operationId,
      summary,
      ...(security && { security }),
      responses: { 200: { description: summary, content: { [type]: {} } } },
    },
  };
}

const { $schema: _, ...progressSchema } = z.toJSONSchema(fleetProgress);

const fleetOperation: Json = {
  get: {
    operationId: "readFleet",
    summary: "How far the fleet is",
    responses: {
      200: { description: "The progress", content: { "application/json": { schema: progressSchema } } },
      503: { description: "The queue of the fleet does not answer", content: problemContent },
    },
  },
};

/** The JSON Schema of what is typed for an option, without what only the command line needs. */
function fieldSchema(field: z.ZodType): Json {
  const of = (io: "input" | "output"): Json => {
    const {
      $schema: _,
      flags: __,
      description: ___,
      ...schema
    } = z.toJSONSchema(field, { io, unrepresentable: "any" });
    return schema;
  };
  const typed = of("input");
  const isKnown = ["type", "anyOf", "enum", "const"].some((key) => key in typed);
  // What is converted before it is checked takes anything; what it becomes says more.
  return isKnown ? typed : of("output");
}
