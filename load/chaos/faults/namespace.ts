import { spawnSync } from "node:child_process";
import type { CleanUp } from "../run/clean-up.ts";

/** The range that RFC 2544 sets aside for trying out networks; each run has its own part of it. */
const NETWORKS = [`198.18.${process.pid % 256}`, `198.19.${process.pid % 256}`] as const;
/** The last octets of a cable's two ends. */
const [OURS, THEIRS] = [1, 2];

/** Why no network of its own can be made here, if none can. */
export function noNamespace(): string | undefined {
	if (process.platform !== "linux") return "needs Linux, for a network of its own";
	if (process.getuid?.() !== 0) return "needs root, for a network of its own";
	if (spawnSync("ip", ["-V"]).error) return "needs iproute2";
	const probe = `hubbub-probe-${process.pid}`;
	const { status } = spawnSync("ip", ["netns", "add", probe]);
	spawnSync("ip", ["netns", "del", probe]);
	return status === 0 ? undefined : "no network of its own can be made here, not even by root";
}

/** A network of its own with two cables to this one; what is at the other end can be cut off, cable by cable. */
export class Namespace {
	/** Put before a command, it runs in there. */
	readonly by: readonly string[];
	readonly #name: string;

	constructor(cleanUp: CleanUp) {
		this.#name = `hubbub-${process.pid}`;
		this.by = ["ip", "netns", "exec", this.#name];
		ip("netns", "add", this.#name);
		cleanUp.add(() => spawnSync("ip", ["netns", "del", this.#name]));
		cleanUp.add(() => spawnSync("ip", ["route", "del", "blackhole", `${NETWORKS[0]}.${THEIRS}/32`]));
		ip("-n", this.#name, "link", "set", "lo", "up");
		for (const [index, network] of NETWORKS.entries()) {
			const [outside, inside] = [`hb${process.pid}${index}`, `in${index}`];
			ip("link", "add", outside, "type", "veth", "peer", "name", inside, "netns", this.#name);
			// By itself: a connection that still says goodbye keeps the namespace, and with it the cable, for minutes.
			cleanUp.add(() => spawnSync("ip", ["link", "del", outside]));
			ip("address", "add", `${network}.${OURS}/24`, "dev", outside);
			ip("link", "set", outside, "up");
			ip("-n", this.#name, "address", "add", `${network}.${THEIRS}/24`, "dev", inside);
			ip("-n", this.#name, "link", "set", inside, "up");
		}
	}

	/** Where its inhabitants are reached by this cable. */
	address(cable: 0 | 1): string {
		return `${NETWORKS[cable]}.${THEIRS}`;
	}

	/** From now on what goes this way on the first cable vanishes, without a word to anybody. */
	cut(way: "in" | "out"): void {
		if (way === "out") ip("-n", this.#name, "route", "add", "blackhole", `${NETWORKS[0]}.${OURS}/32`);
		else ip("route", "add", "blackhole", `${NETWORKS[0]}.${THEIRS}/32`);
	}

	mend(way: "in" | "out"): void {
		if (way === "out") ip("-n", this.#name, "route", "del", "blackhole", `${NETWORKS[0]}.${OURS}/32`);
		else ip("route", "del", "blackhole", `${NETWORKS[0]}.${THEIRS}/32`);
	}
}

function ip(...args: string[]): void {
	const { status, stderr, error } = spawnSync("ip", args, { encoding: "utf8" });
	if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${error?.message ?? stderr.trim()}`);
}
