/** The parser's own types bring Node's globals with them, which a Worker has not. These are the parts that are used. */
declare module "@fastify/busboy/index.js" {
  interface FileStream extends AsyncIterable<Uint8Array> {
    readonly on: (event: "error", listener: (error: unknown) => void) => void;
    readonly resume: () => void;
    readonly destroy: (error?: unknown) => void;
  }

  interface Events {
    file: (
      name: string | undefined,
      stream: FileStream,
      filename: string | undefined,
      encoding: string,
      mimeType: string,
    ) => void;
    field: (
      name: string,
      value: string,
      nameTruncated: boolean,
      valueTruncated: boolean,
      encoding: string,
      mimeType: string,
    ) => void;
    error: (error: unknown) => void;
    finish: () => void;
    partsLimit: () => void;
    fieldsLimit: () => void;
  }

  class Busboy {
    constructor(options: {
      headers: { "content-type": string };
      limits: Record<string, number>;
      isPartAFile: (
        name: string | undefined,
        type: string | undefined,
        filename: string | undefined,
      ) => boolean;
    });
    on<E extends keyof Events>(event: E, listener: Events[E]): this;
    write(chunk: Uint8Array, callback: () => void): boolean;
    end(): void;
    destroy(): void;
  }

  export { Busboy, type FileStream };
}
