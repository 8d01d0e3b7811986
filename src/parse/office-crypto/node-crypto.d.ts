/** The parts of Node's module that are used; its own types would bring all of Node's globals. */
declare module "node:crypto" {
  interface Hash {
    update(data: Uint8Array): Hash;
    digest(): Uint8Array;
  }
  interface Decipher {
    setAutoPadding(on: boolean): unknown;
    update(data: Uint8Array): Uint8Array;
    final(): Uint8Array;
  }
  export function createHash(algorithm: string): Hash;
  export function createDecipheriv(algorithm: string, key: Uint8Array, iv: Uint8Array | null): Decipher;
  export function pbkdf2Sync(
    password: Uint8Array,
    salt: Uint8Array,
    iterations: number,
    bytes: number,
    digest: string,
  ): Uint8Array;
}
