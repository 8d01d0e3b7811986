import { AppError } from "../errors.ts";
import type { SendOptions } from "../model/document.ts";
import { drain, DRAIN_FACTOR } from "./drain.ts";
import { filenameOf } from "./filename.ts";
import { openForm } from "./multipart.ts";
import { OPTION_FIELDS, readOptions, readPassword, type FieldValues } from "./upload-options.ts";

/** A file on its way in. Its body streams; it is nowhere whole. */
export interface Upload {
  readonly filename: string;
  readonly contentType: string | null;
  readonly body: ReadableStream<Uint8Array>;
  /** Bytes announced, or null when unknown. */
  readonly length: number | null;
  /** What was said about the document; to be asked for when the body has been read. */
  readonly options: () => Promise<SendOptions>;
  /** Reads away what was not taken. */
  readonly abandon: () => Promise<void>;
}

/** Room for a form's boundaries and other fields beside the file. */
const FORM_OVERHEAD_BYTES = 1024 * 1024;

function announcedLength(request: Request): number | null {
  const header = request.headers.get("content-length");
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : null;
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError(
    "payload_too_large",
    `The file is larger than the ${maxBytes} bytes that are accepted.`,
    {
      detail: { max_bytes: maxBytes },
    },
  );
}

/** A raw body's password stands in a header: addresses end up in logs. */
const PASSWORD_HEADER = "x-document-password";

function queryFields(url: URL): FieldValues {
  const fields = new Map<string, string[]>();
  if (url.searchParams.has("password")) {
    throw new AppError(
      "invalid_request",
      `A password does not belong into an address. Send it in the header ${PASSWORD_HEADER}, or as a form's field.`,
    );
  }
  for (const name of new Set(url.searchParams.keys())) {
    if (name !== "filename") fields.set(name, url.searchParams.getAll(name));
  }
  return fields;
}

/** A body cut off half-way is the client's fault, and said so. */
function guarded(reader: ReadableStreamDefaultReader<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await reader.read();
          if (done) controller.close();
          else controller.enqueue(value);
        } catch (cause) {
          controller.error(
            new AppError("length_mismatch", "The body ended before all announced bytes had come.", { cause }),
          );
        }
      },
    },
    { highWaterMark: 0 },
  );
}

function openRaw(request: Request, body: ReadableStream<Uint8Array>, limits: UploadLimits): Upload {
  const filename = filenameOf(request);
  if (filename === null) {
    throw new AppError(
      "invalid_request",
      "A raw body needs a file name: add ?filename=, a Content-Disposition or an X-Filename header, or send a form.",
    );
  }
  const options = {
    ...readOptions(queryFields(new URL(request.url))),
    ...readPassword(request.headers.get(PASSWORD_HEADER) ?? ""),
  };
  const reader = body.getReader();
  return {
    filename,
    contentType: request.headers.get("content-type"),
    body: guarded(reader),
    length: announcedLength(request),
    options: () => Promise.resolve(options),
    abandon: () => drain(reader, DRAIN_FACTOR * limits.maxBytes),
  };
}

export interface UploadLimits {
  readonly maxBytes: number;
}

/**
 * Opens a request's file: a `multipart/form-data` part named `file`, or the raw body with its name beside it.
 * @throws AppError invalid_request, empty_file, unsupported_format, payload_too_large
 */
export async function openUpload(request: Request, limits: UploadLimits): Promise<Upload> {
  const { body } = request;
  const encoding = request.headers.get("content-encoding");
  if (encoding !== null && encoding.toLowerCase() !== "identity") {
    throw new AppError("unsupported_format", "Send the file as it is, without a Content-Encoding.");
  }
  if (body === null) {
    throw new AppError(
      "empty_file",
      `There is no body. Send a form with the field file (and ${OPTION_FIELDS.join(", ")}), or the file itself.`,
    );
  }
  const contentType = request.headers.get("content-type") ?? "";
  const isForm = /^multipart\/form-data\s*(?:;|$)/i.test(contentType);
  const announced = announcedLength(request) ?? 0;
  if (announced > limits.maxBytes + (isForm ? FORM_OVERHEAD_BYTES : 0)) {
    await drain(body.getReader(), DRAIN_FACTOR * limits.maxBytes);
    throw tooLarge(limits.maxBytes);
  }
  return isForm ? openForm(body, contentType, limits) : openRaw(request, body, limits);
}
