import { once } from "node:events";
import { createServer } from "node:net";
import type { Random } from "../schedule/random.ts";

/**
 * Below the ports that systems hand out by themselves: a server that is started again on the same port must not find
 * somebody's outgoing connection there.
 */
const LEAST_PORT = 20_000;
const MOST_PORT = 32_000;

/** A port of 127.0.0.1 that nothing listens on at this moment. */
export async function freePort(random: Random): Promise<number> {
	for (;;) {
		const port = random.between(LEAST_PORT, MOST_PORT);
		if (await isFree(port)) return port;
	}
}

async function isFree(port: number): Promise<boolean> {
	const probe = createServer().listen(port, "127.0.0.1");
	try {
		await once(probe, "listening");
	} catch {
		return false;
	}
	probe.close();
	await once(probe, "close");
	return true;
}
