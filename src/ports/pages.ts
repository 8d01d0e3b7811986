import type { DocumentSource } from "./reading.ts";

/** Drawn pages near whoever looks at them (Cache API). Never throws: a cache that fails is a miss. */
export interface PageCache {
  readonly get: (key: string) => Promise<Uint8Array | null>;
  readonly put: (key: string, png: Uint8Array) => Promise<void>;
}

/** An original of which pages are copied. */
export interface OpenedCopies {
  readonly mediaType: string;
  /** How the names of such files end, with the dot. */
  readonly ending: string;
  /** A file of the pages from one to another, both included. @throws AppError unsafe_content, file_damaged, payload_too_large */
  readonly copy: (from: number, to: number) => Promise<Uint8Array>;
  readonly close: () => void;
}

/** Copies pages of an original into files of their own, as they stand there. */
export interface PageCopies {
  /** @throws AppError unsupported_format for what has no pages to copy, file_damaged, password_required */
  readonly open: (source: DocumentSource) => Promise<OpenedCopies>;
}

/** Renders a page of an original to a PNG. @throws AppError page_not_found, unsupported_format */
export interface PageImages {
  readonly png: (
    source: DocumentSource,
    page: number,
    maxSide: number,
    rotation: number,
  ) => Promise<Uint8Array>;
}
