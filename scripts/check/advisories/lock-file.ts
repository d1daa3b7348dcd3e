import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FLOORS, KNOWN } from "./known.ts";

type Locked = { version?: string; dev?: boolean; link?: boolean };
export type LockFile = { packages: Record<string, Locked> };

export function readLockFile(folder: string): LockFile {
	return JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8")) as LockFile;
}

/** Every package that the lock file installs without the development's own, once for each version of it. */
function shippedBy({ packages }: LockFile): { name: string; version: string }[] {
	return Object.entries(packages).flatMap(([path, { version, dev, link }]) => {
		const name = path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
		return path === "" || dev || link || version === undefined ? [] : [{ name, version }];
	});
}

/** What the lock file ships although something is known about it, a sentence each. */
export function knownProblems(lock: LockFile): string[] {
	return shippedBy(lock).flatMap(({ name, version }) => {
		const known = KNOWN.filter((advisory) => advisory.package === name && isBelow(version, advisory.fixedIn));
		const floor = FLOORS[name];
		const low = floor !== undefined && isBelow(version, floor);
		return [
			...known.map(({ id, about, fixedIn }) => `${name} ${version} has ${id} (${about}): ${fixedIn} fixed it.`),
			...(low ? [`${name} ${version} is older than ${floor}, which the server was written for.`] : []),
		];
	});
}

/** Whether a version is below another; one that is still being prepared is below its release. */
export function isBelow(version: string, other: string): boolean {
	const [core = "", preparing] = version.split("-", 2);
	const [mine, theirs] = [core, other].map((text) => text.split(".").map(Number)) as [number[], number[]];
	for (let i = 0; i < 3; i++) if (mine[i] !== theirs[i]) return !((mine[i] ?? 0) > (theirs[i] ?? 0));
	return preparing !== undefined;
}
