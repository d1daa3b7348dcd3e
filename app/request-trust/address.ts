import type { HeaderOf } from "./headers.ts";

/**
 * Which proxy's word is taken for where a request came from (`TRUST_PROXY`). `undefined`: nobody's.
 * A number n: n proxies stand in front, each of which adds the address that it saw to X-Forwarded-For.
 * A text: the header, in lower case, in which the platform writes the client's address.
 */
export type TrustProxy = number | string | undefined;

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
/** How a proxy may write an address and a port: "192.0.2.1:4711", "[2001:db8::1]:4711". */
const WITH_PORT = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d+)?$/;
const GROUPS_PER_ADDRESS = 8;
/** A household or a server gets 2^64 IPv6 addresses, so these four groups of 16 bits are what tells clients apart. */
const GROUPS_PER_NETWORK = 4;

/**
 * What a client is counted by: its IPv4 address or the /64 network of its IPv6 address.
 * `remote` is the other end of the connection; it is also the answer where a trusted header is not there or is no address.
 */
export function clientAddress(remote: string | undefined, header: HeaderOf, trust: TrustProxy): string {
	const forwarded = trust === undefined ? undefined : forwardedAddress(header, trust);
	return networkOf(forwarded ?? "") ?? networkOf(remote ?? "") ?? "unknown";
}

/** An address as somebody writes it, as clients are counted by it: of IPv6 it is the /64 network that is meant. */
export function countedAddress(written: string): string | undefined {
	return networkOf(written.includes(":") ? written.trim().replace(/\/64$/, "") : written);
}

function forwardedAddress(header: HeaderOf, trust: number | string): string | undefined {
	if (typeof trust === "string") return header(trust);
	// The right end is what the nearest proxy saw. Everything to the left of the nth may be the client's invention.
	return header("x-forwarded-for")?.split(",").at(-trust);
}

function networkOf(text: string): string | undefined {
	const [, bracketed, plain] = WITH_PORT.exec(text.trim()) ?? [];
	const [address = ""] = (bracketed ?? plain ?? text.trim()).split("%");
	if (IPV4.test(address)) return address;
	const groups = groupsOf(address);
	if (groups === undefined) return undefined;
	return mappedIpv4(groups) ?? `${groups.slice(0, GROUPS_PER_NETWORK).join(":")}::/64`;
}

/** The eight groups of an IPv6 address, however it was abbreviated. */
function groupsOf(address: string): string[] | undefined {
	if (!/^[\da-f:.]+$/i.test(address) || !URL.canParse(`http://[${address}]`)) return undefined;
	const [head = "", tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split("::");
	const left = head === "" ? [] : head.split(":");
	if (tail === undefined) return left;
	const right = tail === "" ? [] : tail.split(":");
	return [...left, ...Array<string>(GROUPS_PER_ADDRESS - left.length - right.length).fill("0"), ...right];
}

/** A socket that listens on IPv6 shows an IPv4 client as ::ffff:192.0.2.1. */
function mappedIpv4(groups: readonly string[]): string | undefined {
	const [high = "", low = ""] = groups.slice(-2);
	if (groups.slice(0, -2).join(":") !== "0:0:0:0:0:ffff") return undefined;
	return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]).join(".");
}
