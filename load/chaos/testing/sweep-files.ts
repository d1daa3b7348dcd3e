/** Removes the files that no message has, as the server does when they are a day old. Fails if a content is missing. */
import { loadConfig } from "../../../app/config.ts";
import { openFileStorage } from "../../../app/files/open.ts";
import { FileSweep } from "../../../app/room/files/file-sweep.ts";
import { openStore } from "../../../app/store/open.ts";

const LATER_MS = 2 * 24 * 60 * 60 * 1_000;

const config = loadConfig(process.env);
const store = await openStore(config);
const now = Date.now() + LATER_MS;
const sweep = new FileSweep({
	store,
	fileStorage: await openFileStorage(config),
	clock: { now: () => now },
	onError(error, during) {
		console.error(`${during}: ${(error as Error).message}`);
		process.exitCode = 1;
	},
});
await sweep.sweep();
await store.close();
