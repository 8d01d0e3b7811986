const ONE = String.raw`(?:CDL\s)?(?:\p{Lu}{1,3}\d{0,2}\p{Lu}?|[a-z])(?:\(\d+\)|\*)?`;

/** Classes of vehicles as driving licences list them: `AM/B1/B/f/k`, `B, A2`, `AM B BE`. */
export const LICENCE_CLASSES_SOURCE = `${ONE}(?:\\s?[,;/+·|.&-]\\s?${ONE}|\\s${ONE})*`;
export const LICENCE_CLASSES = new RegExp(`^${LICENCE_CLASSES_SOURCE}$`, "u");
