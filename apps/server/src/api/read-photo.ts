import type { FastifyRequest } from "fastify";
import { RequestError } from "../problems/problem.ts";
import type { RequestValues } from "./request-options.ts";

/** The content of a request: its photo, and options in the query and in the fields of a form. */
export interface PhotoRequest {
  readonly photo: Uint8Array;
  readonly mask?: Uint8Array | undefined;
  readonly values: RequestValues;
}

/** Reads the photo of a request, from the body or from the field `photo` of a form. Names of files are not looked at. */
export async function readPhotoRequest(request: FastifyRequest): Promise<PhotoRequest> {
  const query = request.query as RequestValues;
  if (request.isMultipart()) return readForm(request, query).catch(refuseForm);
  if (!Buffer.isBuffer(request.body) || request.body.length === 0) {
    throw new RequestError("bad-request", "Send one photo as the body, or as the field photo of a form.");
  }
  return { photo: request.body, values: query };
}

/** Errors of the form's parser have no status: it is the form that is wrong, not the server. */
function refuseForm(error: unknown): never {
  if (!(error instanceof Error) || error instanceof RequestError || "statusCode" in error) throw error;
  throw new RequestError("bad-request", `The form cannot be read: ${error.message}.`);
}

async function readForm(request: FastifyRequest, query: RequestValues): Promise<PhotoRequest> {
  const files: Partial<Record<string, Uint8Array>> = {};
  const values: Record<string, string | readonly string[] | undefined> = { ...query };
  for await (const part of request.parts()) {
    const name = part.fieldname;
    if (part.type === "file") {
      if ((name !== "photo" && name !== "mask") || files[name]) {
        throw new RequestError("bad-request", "A form has one file photo, and may have one file mask.");
      }
      files[name] = await part.toBuffer();
      continue;
    }
    if (part.valueTruncated || part.fieldnameTruncated) {
      throw new RequestError("bad-request", "A field of the form is too long.");
    }
    const before = values[name];
    const value = String(part.value);
    values[name] = before === undefined ? value : [before, value].flat();
  }
  const { photo, mask } = files;
  if (!photo) throw new RequestError("bad-request", "The form has no file photo.");
  return { photo, mask, values };
}
