import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 200;

/**
 * Runs `work` while holding a lock file, so that two commands started side by side install one after the other.
 * A lock whose process is gone is taken over.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
	mkdirSync(dirname(path), { recursive: true });
	for (let told = false; !take(path); ) {
		const owner = ownerOf(path);
		if (owner !== undefined && !isAlive(owner)) {
			rmSync(path, { force: true });
			continue;
		}
		if (!told) console.log(`Another setup (process ${owner ?? "unknown"}) is under way: waiting for it…`);
		told = true;
		await sleep(POLL_MS);
	}
	const release = () => rmSync(path, { force: true });
	process.once("exit", release);
	try {
		return await work();
	} finally {
		process.off("exit", release);
		release();
	}
}

/**
 * A link is made in one step, with the owner's id already inside; writing the file in place would show it empty.
 * @param {string} path
 */
function take(path) {
	const mine = `${path}.${process.pid}`;
	writeFileSync(mine, String(process.pid));
	try {
		linkSync(mine, path);
		return true;
	} catch (error) {
		if (existsSync(path)) return false;
		throw error;
	} finally {
		rmSync(mine, { force: true });
	}
}

/** @param {string} path */
function ownerOf(path) {
	try {
		return Number(readFileSync(path, "utf8"));
	} catch {
		return undefined;
	}
}

/** @param {number} pid */
function isAlive(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
	}
}
