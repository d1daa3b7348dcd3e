import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

const POLL_MS = 200;

/**
 * Runs `work` while holding a lock file, so that two commands that start at once install one after the other. Takes over a
 * lock whose process has exited.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
	mkdirSync(dirname(path), { recursive: true });
	for (let isReported = false; !take(path); ) {
		const owner = ownerOf(path);
		if (owner !== undefined && !isAlive(owner)) {
			rmSync(path, { force: true });
			continue;
		}
		if (!isReported) console.log(`Another setup (process ${owner ?? "unknown"}) is running: waiting for it…`);
		isReported = true;
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
 * Creates the lock file as a link, which is atomic: the file always contains the process id of its owner.
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
