import { basename, relative, resolve } from "node:path";

/** The name under which a document's layout is kept: its path below `root` where one is told, else its file's name. */
export function layoutName(file: string, root: string | undefined): string {
  const path = root === undefined ? basename(file) : relative(resolve(root), resolve(file));
  return `${path.startsWith("..") ? basename(file) : path}.json`;
}
