import { spawnSync } from "node:child_process";
import type { CleanUp } from "../../kit/clean-up.ts";

/** Addresses that RFC 2544 reserves for tests; each process uses its own part. */
const NETWORKS = [`198.18.${process.pid % 256}`, `198.19.${process.pid % 256}`] as const;
/** The last octets of a link's two ends. */
const [OUTSIDE, INSIDE] = [1, 2];

/** Returns why no network namespace can be created on this machine; undefined if one can. */
export function noNamespace(): string | undefined {
	if (process.platform !== "linux") return "needs Linux, for a network namespace";
	if (process.getuid?.() !== 0) return "needs root, for a network namespace";
	if (spawnSync("ip", ["-V"]).error) return "needs iproute2";
	const probe = `hubbub-probe-${process.pid}`;
	const { status } = spawnSync("ip", ["netns", "add", probe]);
	spawnSync("ip", ["netns", "del", probe]);
	return status === 0 ? undefined : "root may not create a network namespace here";
}

/** A network namespace with two links to this machine's network. Packets on the first one can be dropped. */
export class Namespace {
	/** The arguments that run a command in the namespace. */
	readonly exec: readonly string[];
	readonly #name: string;

	constructor(cleanUp: CleanUp) {
		this.#name = `hubbub-${process.pid}`;
		this.exec = ["ip", "netns", "exec", this.#name];
		ip("netns", "add", this.#name);
		cleanUp.add(() => spawnSync("ip", ["netns", "del", this.#name]));
		cleanUp.add(() => spawnSync("ip", ["route", "del", "blackhole", `${NETWORKS[0]}.${INSIDE}/32`]));
		ip("-n", this.#name, "link", "set", "lo", "up");
		for (const [index, network] of NETWORKS.entries()) {
			const [outside, inside] = [`hb${process.pid}${index}`, `in${index}`];
			ip("link", "add", outside, "type", "veth", "peer", "name", inside, "netns", this.#name);
			// Deleted explicitly: a closing connection keeps the namespace, and with it the link, for minutes.
			cleanUp.add(() => spawnSync("ip", ["link", "del", outside]));
			ip("address", "add", `${network}.${OUTSIDE}/24`, "dev", outside);
			ip("link", "set", outside, "up");
			ip("-n", this.#name, "address", "add", `${network}.${INSIDE}/24`, "dev", inside);
			ip("-n", this.#name, "link", "set", inside, "up");
		}
	}

	/** Returns the address of the namespace on this link. */
	address(link: 0 | 1): string {
		return `${NETWORKS[link]}.${INSIDE}`;
	}

	/** Drops what goes into the namespace, or out of it, over the first link. Neither side is notified. */
	drop(direction: "in" | "out"): void {
		this.#blackhole("add", direction);
	}

	restore(direction: "in" | "out"): void {
		this.#blackhole("del", direction);
	}

	#blackhole(action: "add" | "del", direction: "in" | "out"): void {
		if (direction === "in") ip("route", action, "blackhole", `${NETWORKS[0]}.${INSIDE}/32`);
		else ip("-n", this.#name, "route", action, "blackhole", `${NETWORKS[0]}.${OUTSIDE}/32`);
	}
}

function ip(...args: string[]): void {
	const { status, stderr, error } = spawnSync("ip", args, { encoding: "utf8" });
	if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${error?.message ?? stderr.trim()}`);
}
