import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Stage } from "./row.ts";

/** A file system of its own in memory. */
export type SmallDisk = {
	path: string;
	/** Leaves only so many bytes free. */
	fill(leaveBytes: number): void;
	/** Gives the space back. */
	empty(): void;
};

export function noSmallDisk(): string | undefined {
	if (process.platform !== "linux") return "needs Linux, to mount a small disk";
	return process.getuid?.() === 0 ? undefined : "needs root, to mount a small disk";
}

/** Throws with mount's own words when it can't be mounted. */
export function mountSmallDisk({ folder, cleanUp }: Stage, bytes: number): SmallDisk {
	const path = join(folder, "disk");
	const ballast = join(path, "ballast");
	mkdirSync(path);
	const { status, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path]);
	if (status !== 0) throw new Error(`A small disk can't be mounted: ${String(stderr).trim()}`);
	cleanUp.add(() => spawnSync("umount", ["-l", path]));
	return {
		path,
		fill(leaveBytes) {
			const { bavail, bsize } = statfsSync(path);
			writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
		},
		empty: () => rmSync(ballast, { force: true }),
	};
}
