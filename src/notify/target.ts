import { AppError } from "../errors.ts";

/** Names that lead into a network of one's own, or to a machine's metadata. */
const PRIVATE_NAMES =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|localdomain|home\.arpa)$/;

/**
 * The address of an endpoint that may be called: https, a public name, no credentials. `URL` has brought every
 * notation of an IPv4 address to four decimal numbers before it is looked at.
 * @throws AppError invalid_request that says what is wrong
 */
export function checkTarget(
  text: string,
  { allowPrivate, ownHosts }: { allowPrivate: boolean; ownHosts: readonly string[] },
): URL {
  if (!URL.canParse(text))
    throw refused("The url is not an absolute address such as https://example.com/hook.");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "")
    throw refused("The url must not hold a name or a password.");
  if (allowPrivate && (url.protocol === "http:" || url.protocol === "https:")) return url;
  if (url.protocol !== "https:") throw refused("The url has to begin with https://.");
  const host = url.hostname.toLowerCase().replace(/\.$/, "");
  if (ownHosts.includes(url.host)) throw refused("The url leads back to this service.");
  if (isPrivateHost(host)) throw refused("The url leads to a private address.");
  return url;
}

function refused(message: string): AppError {
  return new AppError("invalid_request", message, { detail: { errors: [{ path: "url", message }] } });
}

function isPrivateHost(host: string): boolean {
  if (host.startsWith("[")) return isPrivateV6(host.slice(1, -1));
  if (/^\d+(?:\.\d+){3}$/.test(host)) return isPrivateV4(host.split(".").map(Number));
  return !host.includes(".") || PRIVATE_NAMES.test(host);
}

/** RFC 6890: what is not routed in the open, and the addresses of metadata services among it. */
function isPrivateV4([a = 0, b = 0, c = 0]: readonly number[]): boolean {
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || (b === 0 && (c === 0 || c === 2)) || (b === 88 && c === 99))) ||
    (a === 198 && (b === 18 || b === 19 || (b === 51 && c === 100))) ||
    (a === 203 && b === 0 && c === 113) ||
    a >= 224
  );
}

/** Only global unicast (2000::/3) is public, and of it nothing that wraps or stands for an IPv4 address. */
function isPrivateV6(address: string): boolean {
  const first = Number.parseInt(address.split(":")[0] ?? "", 16);
  if (Number.isNaN(first) || first < 0x2000 || first > 0x3fff) return true;
  return /^(?:2001:db8|2001:0?:|2002:|2001:1?\d:)/i.test(address);
}
