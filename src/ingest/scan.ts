import type { ErrorCode } from "../errors.ts";
import { latin1, type StoredFile } from "./sniffed.ts";

/** A file as a scanner takes it: its first 4 KB, and the rest where that is wanted. */
export interface ScannedFile extends StoredFile {
  readonly head: Uint8Array;
}

/** What a scanner has against a file. */
export interface Finding {
  readonly code: ErrorCode;
  readonly message: string;
}

/** Looks for malware in a file that has just been stored; null where nothing is known against it. */
export type Scanner = (file: ScannedFile) => Promise<Finding | null>;

/** The file that every scanner takes for malware, so that scanners can be tried (eicar.org), in two halves. */
const EICAR = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");
/** It may have white space behind it, up to so many bytes in all. */
const EICAR_BYTES = 128;

/** The scanner that is built in: it knows the test file, alone and as a member of whatever is unpacked. */
export const scan: Scanner = async ({ head, size }) => {
  if (size > EICAR_BYTES) return null;
  const text = latin1(head);
  const isTestFile =
    text.startsWith(EICAR) && text.slice(EICAR.length).replaceAll("\u001a", "").trim() === "";
  return isTestFile
    ? {
        code: "malware_found",
        message:
          "The file is the EICAR test file, which stands for malware. It was not read; send a file without malware.",
      }
    : null;
};
