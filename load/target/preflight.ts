import { BadInput } from "../bad-input.ts";
import { onPath, type Path, pathTo } from "./path.ts";

const TIMEOUT_MS = 10_000;

/** A deployment that may be loaded: it answers, it is this chat, and it takes our token. */
export type Target = {
	/** Without a slash at the end. */
	url: string;
	loadToken: string;
	path: Path;
	/** What it says it was built from. */
	build: string;
};

/** Where a load goes: one address, or several servers of one chat. */
export type Targets = [Target, ...Target[]];

/** The targets in a few words, for people. */
export function inWords(targets: readonly Target[]): string {
	const each = (part: (target: Target) => string) => [...new Set(targets.map(part))].join(" and ");
	return `${each(({ url }) => url)} (build ${each(({ build }) => build)}, ${each(({ path }) => onPath(path))})`;
}

/** Reads what the user gave as the address of a deployment. */
export function parseTarget(text: string): URL {
	const url = URL.canParse(text) ? new URL(text) : undefined;
	if (!url || !["http:", "https:"].includes(url.protocol)) {
		throw new BadInput(`"${text}" is no address of a chat. Give one like https://my-chat.fly.dev.`);
	}
	if (url.pathname !== "/" || url.search || url.hash) {
		throw new BadInput(`${text} has a path, and the chat lives at the top: give ${url.origin}.`);
	}
	return url;
}

/** Looks before the leap. Throws a {@link BadInput} where the deployment can't or won't be loaded. */
export async function preflight(url: URL, loadToken: string | undefined): Promise<Target> {
	const path = await pathTo(url);
	if (path === undefined) throw new BadInput(`The host ${url.hostname} has no address. Is the name right?`);
	const build = await readBuild(url.origin);
	if (!loadToken) {
		throw new BadInput(
			`${url.origin} lets few people in from one address, and all of ours come from one. Give its LOAD_TOKEN, ` +
				`which lifts that: LOAD_TOKEN=... npm run load -- --target ${url.origin}`,
		);
	}
	await checkToken(url.origin, loadToken);
	return { url: url.origin, loadToken, path, build };
}

async function readBuild(origin: string): Promise<string> {
	const response = await ask(origin, "/readyz");
	const answer = await response.json().catch(() => undefined);
	if (typeof answer?.build !== "string") {
		throw new BadInput(`${origin} answers, but it is not this chat: /readyz names no build.`);
	}
	if (!response.ok) throw new BadInput(`${origin} is not ready yet (/readyz says ${response.status}). Try again soon.`);
	return answer.build;
}

/**
 * The token is tried on what only its bearer is told: that it removes the rooms of load tests and no others. To anybody
 * else that answer looks different, and nothing is removed either way.
 */
async function checkToken(origin: string, loadToken: string): Promise<void> {
	const response = await deleteRoom(origin, loadToken, "not-a-load-test");
	const { error } = await response.json().catch(() => ({}));
	if (error?.code === "forbidden" && error.field === "room") return;
	throw new BadInput(
		`${origin} does not take this LOAD_TOKEN. It has to be the one that the deployment was given; ` +
			"a deployment that was given none takes none.",
	);
}

/** Asks to remove a room of a load test; one that is not there is as good as removed. */
export function deleteRoom(origin: string, loadToken: string, room: string): Promise<Response> {
	const headers = { "x-load-token": loadToken };
	return ask(origin, `/api/rooms/${encodeURIComponent(room)}`, { method: "DELETE", headers });
}

async function ask(origin: string, path: string, init: RequestInit = {}): Promise<Response> {
	try {
		return await fetch(`${origin}${path}`, { ...init, redirect: "manual", signal: AbortSignal.timeout(TIMEOUT_MS) });
	} catch (error) {
		throw new BadInput(`${origin} does not answer: ${reason(error as Error)}.`);
	}
}

function reason(error: Error): string {
	const cause = error.cause as NodeJS.ErrnoException | undefined;
	if (error.name === "TimeoutError") return `nothing came for ${TIMEOUT_MS / 1_000} seconds`;
	if (cause?.code === "ECONNREFUSED") return "nobody listens there";
	if (cause?.code?.includes("CERT") || cause?.code?.includes("SIGNATURE")) {
		return `its certificate can't be verified (${cause.code}); for one of your own making, give --ca FILE`;
	}
	return cause?.code ?? cause?.message ?? error.message;
}
