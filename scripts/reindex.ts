#!/usr/bin/env node
import { openStore } from "../app/store/open.ts";
import { runOperatorCommand, UsageError } from "./command.ts";
import { existingDatabase } from "./database/local-database.ts";

const HELP = `Builds the search index again, from all messages. The server may be running; until the command is done, a search finds only
what is indexed already.

  npm run reindex        the database of DATABASE_URL, or the local one (DATABASE_PATH, or ./data/hubbub.db)

Exit code: 0 done, 1 failed, 2 invalid command line.`;

const PROGRESS_MS = 1_000;

await runOperatorCommand(HELP, {}, async (rest) => {
	if (rest.length > 0) throw new UsageError("It takes no arguments.");
	const databaseUrl = process.env.DATABASE_URL || undefined;
	const databasePath = databaseUrl === undefined ? existingDatabase() : "";
	const store = await openStore({ databasePath, databaseUrl });
	try {
		await store.searchIndex.clearIndex();
		let total = 0;
		let shownAt = performance.now();
		for (let isDone = false; !isDone; ) {
			const { indexed, more } = await store.searchIndex.indexStep();
			total += indexed;
			isDone = !more;
			if (performance.now() - shownAt < PROGRESS_MS) continue;
			shownAt = performance.now();
			console.log(`${total} entries are indexed…`);
		}
		console.log(`Done: ${total} entries are indexed.`);
	} finally {
		await store.close();
	}
});
