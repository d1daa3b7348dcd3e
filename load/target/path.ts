import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";

/** The networks between generator and deployment, from near to far. Figures over different ones are not comparable. */
export const PATHS = ["this machine", "private network", "public edge"] as const;
export type Path = (typeof PATHS)[number];

/** Returns the path as part of a sentence. */
export function onPath(path: Path): string {
	return path === "this machine" ? `on ${path}` : `over the ${path}`;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

const local = new BlockList();
local.addSubnet("10.0.0.0", 8, "ipv4");
local.addSubnet("172.16.0.0", 12, "ipv4");
local.addSubnet("192.168.0.0", 16, "ipv4");
local.addSubnet("169.254.0.0", 16, "ipv4");
local.addSubnet("100.64.0.0", 10, "ipv4");
local.addSubnet("fc00::", 7, "ipv6");
local.addSubnet("fe80::", 10, "ipv6");

export function pathOf(address: string): Path {
	const family = isIP(address) === 6 ? "ipv6" : "ipv4";
	if (loopback.check(address, family)) return "this machine";
	if (local.check(address, family)) return "private network";
	return "public edge";
}

/** Resolves the host and returns the path to it; undefined if it has no address. */
export async function pathTo(target: URL): Promise<Path | undefined> {
	const host = target.hostname.replace(/^\[|\]$/g, "");
	const found = await lookup(host).catch(() => undefined);
	return found && pathOf(found.address);
}
