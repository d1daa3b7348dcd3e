import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { queryOf } from "../../app/room/search/query.ts";
import { openStore } from "../../app/store/open.ts";
import { TempFolder } from "../../load/kit/temp-folder.ts";
import { waitFor } from "../../load/kit/wait-for.ts";
import { root } from "../root.ts";

const MESSAGES = 3_000;
/** The first and the last message. */
const WORDS = new Map([
	[0, "alpha"],
	[MESSAGES - 1, "omega"],
]);
const ada = { id: "ada-00000001", name: "Ada" };

test("Q2 npm run reindex builds the index again, also after one that was killed", async () => {
	using folder = new TempFolder("hubbub-reindex-");
	const databasePath = folder.file("hubbub.db");
	const command = [join(root, "scripts/reindex.ts")];
	const env = { ...process.env, DATABASE_PATH: databasePath, DATABASE_URL: "" };
	const store = await openStore({ databasePath });
	await store.append(
		Array.from({ length: MESSAGES }, (_, index) => ({
			kind: "message",
			room: "lobby",
			author: ada,
			clientId: `client ${index}`,
			content: { body: `${WORDS.get(index) ?? "a word"} in the lobby` },
			createdAt: index,
		})),
	);
	await store.close();

	const killed = spawn(process.execPath, command, { env, stdio: "ignore" });
	await waitFor("the index", () => existsSync(`${databasePath}.search`));
	killed.kill("SIGKILL");
	await once(killed, "exit");

	const { status, stdout, stderr } = spawnSync(process.execPath, command, { env, encoding: "utf8" });
	assert.equal(status, 0, stderr);
	assert.match(stdout, new RegExp(`^Done: ${MESSAGES} entries are indexed\\.$`, "m"));
	const reopened = await openStore({ databasePath });
	try {
		for (const [index, word] of WORDS) {
			const query = queryOf({ text: word });
			const { hits } = await reopened.searchIndex.search({ query, rooms: ["lobby"], limit: 5, viewer: ada.id });
			assert.deepEqual(
				hits.map(({ message }) => message.seq),
				[index + 1],
			);
		}
	} finally {
		await reopened.close();
	}
});
