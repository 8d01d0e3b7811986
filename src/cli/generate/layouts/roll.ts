import type { Content } from "../content.ts";
import type { Random } from "../random.ts";
import type { Sheet } from "../sheet.ts";

export const ROLLS: readonly { name: string; unseen: boolean }[] = [];

export async function drawRoll(
  _content: Content,
  _layout: string,
  _house: Random,
): Promise<readonly Sheet[]> {
  return [];
}
