import { globSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { plain } from "../wire/plain.ts";
import type { Contender } from "./contender.ts";

const SERVER = fileURLToPath(new URL("uwebsockets.server.js", import.meta.url));

/** The program itself: npm puts only this machine's build there, and its launcher needs an install script to have run. */
function bun(): string {
	const [path] = globSync(fileURLToPath(new URL("../node_modules/@oven/bun-*/bin/bun", import.meta.url)));
	if (!path) throw new Error("Bun has no build for this machine: leave uwebsockets out with --peers.");
	return path;
}

export const uwebsockets: Contender = {
	id: "uwebsockets",
	title: "uWebSockets, published through Bun",
	wire: plain,
	program: () => ({ command: [bun(), SERVER] }),
};
