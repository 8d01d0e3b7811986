import type { DocumentId } from "./ids.ts";

/** Where everything of a document is found, relative to the API's origin. */
export function documentLinks(id: DocumentId): {
  self: string;
  result: string;
  text: string;
  layout: string;
  file: string;
  events: string;
  live: string;
} {
  const self = `/v1/documents/${id}`;
  return {
    self,
    result: `${self}/result`,
    text: `${self}/text`,
    layout: `${self}/layout`,
    file: `${self}/file`,
    events: `${self}/events`,
    live: `${self}/live`,
  };
}
