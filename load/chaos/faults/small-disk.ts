import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stage } from "../rows/row.ts";

const PROBE_BYTES = 65_536;

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
	if (process.getuid?.() !== 0) return "needs root, to mount a small disk";
	const probe = mkdtempSync(join(tmpdir(), "hubbub-probe-"));
	const { status } = mount(probe, PROBE_BYTES);
	spawnSync("umount", [probe]);
	rmdirSync(probe);
	return status === 0 ? undefined : "no disk can be mounted here, not even by root";
}

/** Throws with mount's own words when it can't be mounted. */
export function mountSmallDisk({ folder, cleanUp }: Stage, bytes: number): SmallDisk {
	const path = join(folder, "disk");
	const ballast = join(path, "ballast");
	mkdirSync(path);
	const { status, stderr } = mount(path, bytes);
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

function mount(path: string, bytes: number) {
	return spawnSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path]);
}
