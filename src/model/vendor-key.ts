/** Legal forms that people leave out when they search; only trailing ones are dropped. */
const LEGAL_FORMS = new Set(
  (
    "ab ag aps as asa bhd bv bvba co company corp corporation cv doo eg ek ev eurl gbr gesmbh gmbh hf inc " +
    "incorporated kft kg kgaa kk limited llc llp lp ltd ltda mbh nv ohg oy oyj plc pte pty pvt sa sab sae sarl " +
    "sas sasu sdn se sl slu snc spa spzoo srl sro ug zoo"
  ).split(" "),
);

/**
 * Folds a vendor's name into the key that it is searched by: no case, accents, punctuation or
 * trailing legal form. Null when nothing is left. "Müller & Söhne GmbH" is "muller sohne".
 */
export function vendorKey(name: string): string | null {
  const words = name
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .replaceAll("ß", "ss")
    .toLowerCase()
    // "S.A.", "G.m.b.H." and "d.o.o." are one word.
    .replace(/(?<=(?:^|[^\p{L}\p{N}])\p{L}{1,2})\.(?=\p{L})/gu, "")
    .replace(/(?<=\.?\p{L})\.(?=\p{L}(?:\.|\P{L}|$))/gu, "")
    .replace(/['’`´]/g, "")
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "" && word !== "and" && word !== "und" && word !== "et");
  let end = words.length;
  while (end > 1 && LEGAL_FORMS.has(words[end - 1] ?? "")) end -= 1;
  return words.slice(0, end).join(" ").slice(0, 200).trimEnd() || null;
}
