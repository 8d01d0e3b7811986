import { Busboy, type FileStream } from "@fastify/busboy/index.js";
import { AppError } from "../errors.ts";
import { drain, DRAIN_FACTOR } from "./drain.ts";
import { cleanFilename } from "./filename.ts";
import { readOptions } from "./upload-options.ts";
import type { Upload, UploadLimits } from "./upload.ts";

const LIMITS = {
  fieldNameSize: 100,
  fieldSize: 64 * 1024,
  fields: 64,
  parts: 80,
  headerPairs: 32,
  headerSize: 16_384,
};

interface FilePart {
  readonly stream: FileStream;
  readonly filename: string;
  readonly contentType: string | null;
}

/** A form while it is read: its fields, its one file, and the first thing that is wrong with it. */
class Form {
  readonly fields = new Map<string, string[]>();
  readonly file: Promise<FilePart | null>;
  readonly ended: Promise<void>;
  fault: AppError | null = null;
  #giveFile: (part: FilePart | null) => void;
  #end: () => void;
  #taken: FilePart | null = null;

  constructor() {
    const file = Promise.withResolvers<FilePart | null>();
    const ended = Promise.withResolvers<void>();
    this.file = file.promise;
    this.ended = ended.promise;
    this.#giveFile = file.resolve;
    this.#end = ended.resolve;
  }

  /** Keeps the first fault: later ones follow from it. */
  refuse(message: string, cause?: unknown): void {
    this.fault ??= new AppError("invalid_request", message, cause === undefined ? {} : { cause });
  }

  cutOff(cause: unknown): void {
    this.fault ??= new AppError(
      "length_mismatch",
      "The form ended before its last boundary. Send it again, whole.",
      { cause },
    );
    this.#taken?.stream.destroy(this.fault);
    this.end();
  }

  take(name: string | undefined, part: FilePart): void {
    if (name !== "file" || this.#taken) {
      this.refuse(
        name === "file"
          ? "The form holds more than one file. Send one document a request."
          : `The file belongs into the field file, not ${String(name).slice(0, 60)}.`,
      );
      part.stream.resume();
      this.#giveFile(null);
      return;
    }
    this.#taken = part;
    this.#giveFile(part);
  }

  end(): void {
    this.#giveFile(null);
    this.#end();
  }
}

function createParser(form: Form, contentType: string): Busboy {
  const parser = new Busboy({
    headers: { "content-type": contentType },
    limits: LIMITS,
    isPartAFile: (name, _type, filename) => filename !== undefined || name === "file",
  });
  parser.on("file", (name, stream, filename, _encoding, mimeType) => {
    stream.on("error", () => undefined);
    form.take(name, {
      stream,
      filename: cleanFilename(filename ?? "") ?? "document",
      contentType: mimeType || null,
    });
  });
  parser.on("field", (name, value, _nameTruncated, valueTruncated) => {
    if (valueTruncated)
      form.refuse(`The field ${name.slice(0, 60)} is longer than ${LIMITS.fieldSize} bytes.`);
    form.fields.set(name, [...(form.fields.get(name) ?? []), value]);
  });
  for (const limit of ["partsLimit", "fieldsLimit"] as const) {
    parser.on(limit, () => form.refuse("The form has too many fields."));
  }
  parser.on("error", (error) => form.cutOff(error));
  parser.on("finish", () => form.end());
  return parser;
}

/** Feeds the parser as fast as the file is taken, no faster, until the body ends or nobody wants it any more. */
class Feed {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>;
  readonly #done: Promise<void>;
  #stopped = false;
  #release: () => void = () => undefined;

  constructor(body: ReadableStream<Uint8Array>, parser: Busboy, form: Form) {
    this.#reader = body.getReader();
    this.#done = this.#run(parser, form);
  }

  async #run(parser: Busboy, form: Form): Promise<void> {
    try {
      for (;;) {
        const { done, value } = await this.#reader.read();
        if (this.#stopped) return;
        if (done) break;
        await new Promise<void>((resolve) => {
          this.#release = resolve;
          parser.write(value, resolve);
        });
      }
      parser.end();
    } catch (error) {
      form.cutOff(error);
    }
  }

  /** Stops and reads the rest away. */
  async abandon(mostBytes: number): Promise<void> {
    this.#stopped = true;
    this.#release();
    await this.#done;
    await drain(this.#reader, mostBytes);
  }
}

/** The file's bytes; they end in an error where the form does. */
function fileBody(part: FilePart, form: Form): ReadableStream<Uint8Array> {
  const chunks = part.stream[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const { done, value } = await chunks.next();
          if (form.fault?.code === "length_mismatch") controller.error(form.fault);
          else if (done) controller.close();
          else controller.enqueue(value);
        } catch (error) {
          controller.error(form.fault ?? error);
        }
      },
    },
    { highWaterMark: 0 },
  );
}

/**
 * Opens a form's file while the form is still coming in (RFC 7578). Fields may stand before or behind it.
 * @throws AppError invalid_request when there is no file in the field `file`
 */
export async function openForm(
  body: ReadableStream<Uint8Array>,
  contentType: string,
  limits: UploadLimits,
): Promise<Upload> {
  const form = new Form();
  let parser: Busboy;
  try {
    parser = createParser(form, contentType);
  } catch (cause) {
    throw new AppError("invalid_request", "The form's Content-Type carries no boundary.", { cause });
  }
  const feed = new Feed(body, parser, form);
  const abandon = () => feed.abandon(DRAIN_FACTOR * limits.maxBytes);
  const file = await form.file;
  if (file === null) {
    await abandon();
    throw form.fault ?? new AppError("invalid_request", "The form has no file in the field file.");
  }
  return {
    filename: file.filename,
    contentType: file.contentType,
    body: fileBody(file, form),
    length: null,
    options: async () => {
      await form.ended;
      if (form.fault) throw form.fault;
      return readOptions(form.fields);
    },
    abandon,
  };
}
