import { BadInput } from "../kit/cli.ts";
import { fetchTarget, printable } from "../kit/target.ts";
import { onPath, type Path, pathTo } from "./path.ts";

const TIMEOUT_MS = 10_000;

/** A server that may be loaded: it responds, it is this chat, and it accepts the token. */
export type Target = {
	/** Without a trailing slash. */
	url: string;
	loadToken: string;
	path: Path;
	/** The build that it reports. */
	build: string;
};

/** The addresses of a deployment; several are servers of one chat. */
export type Targets = [Target, ...Target[]];

export function describe(targets: readonly Target[]): string {
	const each = (part: (target: Target) => string) => [...new Set(targets.map(part))].join(" and ");
	return `${each(({ url }) => url)} (build ${each(({ build }) => build)}, ${each(({ path }) => onPath(path))})`;
}

/** Reads the address of a deployment. */
export function parseTarget(text: string): URL {
	const url = URL.parse(text);
	if (!url || !["http:", "https:"].includes(url.protocol)) {
		throw new BadInput(`"${text}" is no address of a chat. Give one like https://my-chat.fly.dev.`);
	}
	if (url.pathname !== "/" || url.search || url.hash) {
		throw new BadInput(`${text} has a path, and the chat is at the root: give ${url.origin}.`);
	}
	return url;
}

/** Checks a deployment before anything is sent. Throws {@link BadInput} if it cannot or may not be loaded. */
export async function checkTarget(url: URL, loadToken: string | undefined): Promise<Target> {
	const path = await pathTo(url);
	if (path === undefined) throw new BadInput(`The host ${url.hostname} has no address. Is the name right?`);
	const build = await readBuild(url.origin);
	if (!loadToken) {
		throw new BadInput(
			`${url.origin} limits the users per address, and all of ours come from one. Give its LOAD_TOKEN, ` +
				`which lifts the limit: LOAD_TOKEN=... npm run load -- --target ${url.origin}`,
		);
	}
	await checkToken(url.origin, loadToken);
	return { url: url.origin, loadToken, path, build };
}

async function readBuild(origin: string): Promise<string> {
	const response = await request(origin, "/readyz");
	const answer = await response.json().catch(() => undefined);
	if (typeof answer?.build !== "string") {
		throw new BadInput(`${origin} responds, but it is not this chat: /readyz names no build.`);
	}
	if (!response.ok) throw new BadInput(`${origin} is not ready yet (/readyz: ${response.status}). Try again soon.`);
	return printable(answer.build);
}

/**
 * Tries the token on a room that is not of a load test: only with the right token the refusal names the room, and nothing
 * is removed either way.
 */
async function checkToken(origin: string, loadToken: string): Promise<void> {
	const response = await deleteRoom(origin, loadToken, "not-a-load-test");
	const { error } = await response.json().catch(() => ({}));
	if (error?.code === "forbidden" && error.field === "room") return;
	if (error?.code === "forbidden" && error.field === "host") throw new BadInput(printable(error.message));
	throw new BadInput(
		`${origin} does not accept this LOAD_TOKEN. Give the one that the deployment was configured with; ` +
			"a deployment without one accepts none.",
	);
}

type FoundCapacity = { users: number; messagesPerS: number };

/** Requests the removal of a room of a load test. */
export function deleteRoom(origin: string, loadToken: string, room: string): Promise<Response> {
	const headers = { "x-load-token": loadToken };
	return request(origin, `/api/rooms/${encodeURIComponent(room)}`, { method: "DELETE", headers });
}

/** Stores the capacity that was found, which owners see in the page. Returns whether the server took it: an older one does not. */
export async function storeCapacity(origin: string, loadToken: string, found: FoundCapacity): Promise<boolean> {
	const headers = { "x-load-token": loadToken, "content-type": "application/json" };
	const response = await request(origin, "/api/capacity", { method: "PUT", headers, body: JSON.stringify(found) });
	await response.body?.cancel();
	return response.ok;
}

async function request(origin: string, path: string, init: RequestInit = {}): Promise<Response> {
	try {
		return await fetchTarget(`${origin}${path}`, { ...init, signal: AbortSignal.timeout(TIMEOUT_MS) });
	} catch (error) {
		throw new BadInput(`${origin} does not respond: ${reason(error as Error)}.`);
	}
}

function reason(error: Error): string {
	const cause = error.cause as NodeJS.ErrnoException | undefined;
	if (error.name === "TimeoutError") return `no response within ${TIMEOUT_MS / 1_000} seconds`;
	if (cause?.code === "ECONNREFUSED") return "connection refused";
	if (cause?.code?.includes("CERT") || cause?.code?.includes("SIGNATURE")) {
		return `its certificate can't be verified (${cause.code}); for a self-signed one, give --ca FILE`;
	}
	return cause?.code ?? printable(cause?.message ?? error.message);
}
