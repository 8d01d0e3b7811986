import { create, parse } from "content-disposition";

const MOST_CHARACTERS = 200;

/**
 * A file's name as a label: the last part of a path, without control and direction characters,
 * cut to a length that every file system takes. Never used as a key.
 */
export function cleanFilename(name: string): string | null {
  const last = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const clean = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "").trim();
  if (clean === "" || clean === "." || clean === "..") return null;
  if (clean.length <= MOST_CHARACTERS) return clean;
  const extension = /\.[A-Za-z0-9]{1,10}$/.exec(clean)?.[0] ?? "";
  const stem = Array.from(clean.slice(0, MOST_CHARACTERS - extension.length));
  return stem.join("").replace(/[\uD800-\uDFFF]$/, "") + extension;
}

function fromDisposition(header: string | null): string | null {
  if (header === null) return null;
  try {
    return parse(header).parameters["filename"] ?? null;
  } catch {
    return null;
  }
}

function decoded(header: string | null): string | null {
  if (header === null || !header.includes("%")) return header;
  try {
    return decodeURIComponent(header);
  } catch {
    return header;
  }
}

/** The name of a raw body: `?filename=`, Content-Disposition (RFC 6266) or X-Filename, in that order. */
export function filenameOf(request: Request): string | null {
  const candidates = [
    new URL(request.url).searchParams.get("filename"),
    fromDisposition(request.headers.get("content-disposition")),
    decoded(request.headers.get("x-filename")),
  ];
  for (const candidate of candidates) {
    const clean = candidate === null ? null : cleanFilename(candidate);
    if (clean !== null) return clean;
  }
  return null;
}

/** `attachment` with the name in plain and in RFC 8187 form. */
export function attachment(filename: string): string {
  return create(cleanFilename(filename) ?? "document");
}
