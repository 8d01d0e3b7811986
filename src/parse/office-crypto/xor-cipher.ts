/** What fills a password up to 16 bytes ([MS-OFFCRYPTO] 2.3.7.2). */
const PADDING = [
  0xbb, 0xff, 0xff, 0xba, 0xff, 0xff, 0xb9, 0x80, 0x00, 0xbe, 0x0f, 0x00, 0xbf, 0x0f, 0x00, 0x00,
];
const MAX_CHARACTERS = 15;
const FEEDBACK = 0x1020;

/**
 * The obfuscation of Excel 95 ([MS-OFFCRYPTO] 2.3.7, method 1): gives the 16 bytes that a password makes of a key,
 * or null where the password is not the one.
 */
export function xorLock(key: number, verifier: number): (password: string) => Uint8Array | null {
  return (password) => {
    const characters = Uint8Array.from(password, (character) => character.charCodeAt(0) & 0xff);
    if (characters.length === 0 || characters.length > MAX_CHARACTERS) return null;
    if (keyOf(characters) !== key || verifierOf(characters) !== verifier) return null;
    const filled = [...characters, ...PADDING].slice(0, 16);
    return Uint8Array.from(filled, (byte, index) => {
      const mixed = byte ^ (index % 2 === 0 ? key & 0xff : key >>> 8);
      return ((mixed << 2) | (mixed >>> 6)) & 0xff;
    });
  };
}

/** The same numbers as the tables of 2.3.7.2, which a shift register with feedback makes. */
function keyOf(characters: Uint8Array): number {
  let base = 0x8000;
  let end = 0xffff;
  let key = 0;
  for (const character of characters.toReversed()) {
    let bits = character & 0x7f;
    for (let bit = 0; bit < 8; bit += 1) {
      base = step(base);
      if (bits & 1) key ^= base;
      bits >>>= 1;
      end = step(end);
    }
  }
  return key ^ end;
}

function step(value: number): number {
  const turned = ((value << 1) | (value >>> 15)) & 0xffff;
  return turned & 1 ? turned ^ FEEDBACK : turned;
}

function verifierOf(characters: Uint8Array): number {
  let verifier = 0;
  for (const byte of [characters.length, ...characters].toReversed()) {
    verifier = (((verifier << 1) & 0x7fff) | ((verifier >>> 14) & 1)) ^ byte;
  }
  return verifier ^ 0xce4b;
}
