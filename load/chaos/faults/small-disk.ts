import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { RowRun } from "../../kit/suite/row-run.ts";

const PROBE_BYTES = 65_536;

/** Returns why no small disk can be mounted on this machine; undefined if one can. */
export function noSmallDisk(): string | undefined {
	if (process.platform !== "linux") return "needs Linux, to mount a small disk";
	if (process.getuid?.() !== 0) return "needs root, to mount a small disk";
	const probe = mkdtempSync(join(tmpdir(), "hubbub-probe-"));
	const { status } = mount(probe, PROBE_BYTES);
	spawnSync("umount", [probe]);
	rmdirSync(probe);
	return status === 0 ? undefined : "root may not mount a disk here";
}

/** Mounts a small file system in memory, in the row's folder. Throws with the output of `mount`. */
export function mountSmallDisk({ folder, cleanUp }: Pick<RowRun, "cleanUp" | "folder">, bytes: number) {
	const path = join(folder, "disk");
	const ballast = join(path, "ballast");
	mkdirSync(path);
	const { status, stderr } = mount(path, bytes);
	if (status !== 0) throw new Error(`The small disk could not be mounted: ${String(stderr).trim()}`);
	cleanUp.add(() => spawnSync("umount", ["-l", path]));
	return {
		path,
		/** Fills it up to this many free bytes. */
		fill(leaveBytes: number) {
			const { bavail, bsize } = statfsSync(path);
			try {
				writeFileSync(ballast, Buffer.alloc(Math.max(0, bavail * bsize - leaveBytes)));
			} catch (error) {
				// The server has written meanwhile, and the disk is as full as it can be.
				if ((error as NodeJS.ErrnoException).code !== "ENOSPC") throw error;
			}
		},
		empty: () => rmSync(ballast, { force: true }),
	};
}

function mount(path: string, bytes: number) {
	return spawnSync("mount", ["-t", "tmpfs", "-o", `size=${bytes}`, "tmpfs", path]);
}
