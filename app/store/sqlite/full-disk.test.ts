import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { StoreUnavailable } from "../../room/ports/store.ts";
import { text, upTo, wholeLog } from "../contract/fixture.ts";
import { openStore } from "../open.ts";

const DISK_BYTES = 2_000_000;

test("M1 on a full disk writes are refused, reads continue, and writes recover when there is space", async (t) => {
	const disk = mountSmallDisk();
	if (disk.path === undefined) return t.skip(disk.reason);
	const ballast = join(disk.path, "ballast");
	const store = await openStore({ databasePath: join(disk.path, "hubbub.db") });
	try {
		writeFileSync(ballast, Buffer.alloc(DISK_BYTES / 2));
		let acked = 0;
		const appendTwo = async () => {
			await store.append([text("lobby", `${acked} ${"x".repeat(3_000)}`), text("lobby", `${acked + 1}`)]);
			acked += 2;
		};
		await assert.rejects(
			async () => {
				for (;;) await appendTwo();
			},
			(error) => error instanceof StoreUnavailable && /full/.test(String(error.message)),
		);
		assert.ok(acked > 0);
		// Space that is too small for two messages may be enough for a few pings.
		await assert.rejects(async () => {
			for (;;) await store.ping();
		}, StoreUnavailable);
		assert.equal((await wholeLog(store, "lobby")).length, acked);

		rmSync(ballast);
		await store.ping();
		await appendTwo();
		const entries = await wholeLog(store, "lobby");
		assert.deepEqual(
			entries.map((entry) => entry.kind === "message" && Number.parseInt(entry.body ?? "", 10)),
			upTo(acked).map((number) => number - 1),
		);
	} finally {
		await store.close();
		disk.unmount();
	}
});

/** Mounts a small file system in memory. Returns a reason if this user may not mount one. */
function mountSmallDisk(): { path: string; unmount: () => void } | { path?: undefined; reason: string } {
	const path = mkdtempSync(join(tmpdir(), "hubbub-disk-"));
	const { status, error, stderr } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${DISK_BYTES}`, "tmpfs", path]);
	if (status === 0) return { path, unmount: () => unmount(path) };
	rmSync(path, { recursive: true });
	return { reason: `no small disk can be mounted here: ${error?.message ?? String(stderr).trim()}` };
}

function unmount(path: string): void {
	spawnSync("umount", ["-l", path]);
	rmSync(path, { recursive: true, force: true });
}
