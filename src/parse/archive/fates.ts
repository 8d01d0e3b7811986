import type { MemberFate } from "../parser.ts";

/** What operating systems leave in folders: it says nothing of the documents beside it. */
const SYSTEM_FILE =
  /(?:^|\/)(?:__MACOSX\/.*|\._[^/]*|\.DS_Store|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.directory|\.Spotlight-V100\/.*|\.Trashes\/.*)$/i;

/** The fate of what is set aside by its name or because it holds nothing; null for all else. */
export function asideFate(path: string, sizeBytes: number | null): MemberFate | null {
  if (SYSTEM_FILE.test(path)) {
    return {
      outcome: "set_aside",
      code: "system_file",
      message: "A file of the operating system, which says nothing of the documents beside it.",
    };
  }
  if (sizeBytes !== 0) return null;
  return { outcome: "set_aside", code: "empty_file", message: "The file is empty (0 bytes)." };
}

/** The fate of a link: what it leads to is not in the archive, or is there by its own name. */
export const LINK: MemberFate = {
  outcome: "refused",
  code: "unsafe_content",
  message: "This is a link and no file: links are not followed. Pack the file itself.",
};

/** The fate of a device, a pipe or a socket. */
export const DEVICE: MemberFate = {
  outcome: "refused",
  code: "unsafe_content",
  message: "This is a device and no file.",
};

export function refused(code: MemberFate["code"], message: string): MemberFate {
  return { outcome: "refused", code, message };
}
