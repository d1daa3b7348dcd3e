import type { HeaderOf } from "./headers.ts";

/**
 * The source of a client's address (`TRUST_PROXY`). `undefined`: the connection only. A number n: n proxies, each of which
 * appends the address that it sees to X-Forwarded-For. A text: the header, in lower case, with the address.
 */
export type TrustProxy = number | string | undefined;

const IPV4 = /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)(?:\.(?!$)|$)){4}$/;
/** An address with a port, as some proxies write it: "192.0.2.1:4711", "[2001:db8::1]:4711". */
const WITH_PORT = /^(?:\[([^\]]+)\]|([\d.]+))(?::\d+)?$/;
const GROUPS_PER_ADDRESS = 8;
/** A household or a server has 2^64 IPv6 addresses, so only the first four groups of 16 bits identify a client. */
const GROUPS_PER_NETWORK = 4;

/**
 * Returns the address that the limits count a client by: its IPv4 address or the /64 network of its IPv6 address. `remote`
 * is the connection's address; it is used if the trusted header is absent or has no address.
 */
export function clientAddress(remote: string | undefined, header: HeaderOf, trust: TrustProxy): string {
	const forwarded = trust === undefined ? undefined : forwardedAddress(header, trust);
	return networkOf(forwarded ?? "") ?? networkOf(remote ?? "") ?? "unknown";
}

/** Returns a written address in the form that the limits count clients by: for IPv6 the /64 network. */
export function countedAddress(written: string): string | undefined {
	return networkOf(written.includes(":") ? written.trim().replace(/\/64$/, "") : written);
}

function forwardedAddress(header: HeaderOf, trust: number | string): string | undefined {
	if (typeof trust === "string") return header(trust);
	// The nearest proxy appends at the right. Everything to the left of the nth may be made up by the client.
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

/** Returns the eight groups of an IPv6 address in any notation. */
function groupsOf(address: string): string[] | undefined {
	const url = /^[\da-f:.]+$/i.test(address) ? URL.parse(`http://[${address}]`) : undefined;
	if (!url) return undefined;
	const [head = "", tail] = url.hostname.slice(1, -1).split("::");
	const left = head === "" ? [] : head.split(":");
	if (tail === undefined) return left;
	const right = tail === "" ? [] : tail.split(":");
	return [...left, ...Array<string>(GROUPS_PER_ADDRESS - left.length - right.length).fill("0"), ...right];
}

/** Returns the IPv4 address of ::ffff:192.0.2.1, the form in which a socket on IPv6 reports an IPv4 client. */
function mappedIpv4(groups: readonly string[]): string | undefined {
	const [high = "", low = ""] = groups.slice(-2);
	if (groups.slice(0, -2).join(":") !== "0:0:0:0:0:ffff") return undefined;
	return [high, low].flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 0xff]).join(".");
}
