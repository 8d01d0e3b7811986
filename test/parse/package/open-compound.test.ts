import { describe, expect, it } from "vitest";
import { openCompound } from "../../../src/parse/package/open-compound.ts";
import { compound } from "../../fixtures/compound.ts";

const bytes = (length: number, seed: number): Uint8Array =>
  Uint8Array.from({ length }, (_, index) => (index * 31 + seed) & 0xff);

const FILE = compound({
  Workbook: bytes(9_000, 1),
  "Current User": bytes(70, 2),
  "Storage/Inner": bytes(130, 3),
  Empty: new Uint8Array(),
});

const code = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code;
  }
};

describe("a compound file", () => {
  it("gives large and small streams, those in storages too", () => {
    const file = openCompound(FILE);
    expect(file.names.toSorted()).toEqual(["Current User", "Empty", "Storage/Inner", "Workbook"]);
    expect(file.bytes("Workbook")).toEqual(bytes(9_000, 1));
    expect(file.bytes("current user")).toEqual(bytes(70, 2));
    expect(file.bytes("Storage/Inner")).toEqual(bytes(130, 3));
    expect(file.bytes("Empty")).toEqual(new Uint8Array());
    expect(file.bytes("Other")).toBeNull();
  });

  it("is changed by what is written to a stream's pieces", () => {
    const copy = FILE.slice();
    const [first] = openCompound(copy).pieces("Workbook") ?? [];
    first?.fill(0xee);
    expect(openCompound(copy).bytes("Workbook")?.subarray(0, 513)).toEqual(
      Uint8Array.from([...new Uint8Array(512).fill(0xee), bytes(9_000, 1)[512] ?? 0]),
    );
  });

  it("is damaged where it is cut off, whatever is asked of it", () => {
    for (let length = 0; length < FILE.length - 512; length += 97) {
      const read = (): unknown => {
        const file = openCompound(FILE.subarray(0, length));
        return file.names.map((name) => file.bytes(name));
      };
      expect(code(read), `cut at ${length}`).toBe("file_damaged");
    }
  });

  it("ends where a chain of sectors runs in a circle", () => {
    const circular = FILE.slice();
    const view = new DataView(circular.buffer);
    const fat = (view.getUint32(76, true) + 1) * 512;
    view.setUint32(fat + 4, 0, true);
    const file = openCompound(circular);
    expect(file.bytes("Workbook")).toHaveLength(9_000);
    const directory = view.getUint32(48, true);
    view.setUint32(fat + directory * 4, directory, true);
    expect(code(() => openCompound(circular))).toBe("file_damaged");
  });

  it("walks a directory whose branches lead back to themselves once", () => {
    const tied = FILE.slice();
    const view = new DataView(tied.buffer);
    const directory = (view.getUint32(48, true) + 1) * 512;
    for (let entry = 1; entry < 4; entry += 1) view.setUint32(directory + entry * 128 + 72, 1, true);
    expect(openCompound(tied).names.length).toBeGreaterThan(0);
  });
});
