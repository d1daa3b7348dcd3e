#!/usr/bin/env node
import { restore } from "../app/store/sqlite/restore.ts";
import { databasePath, Refused, run } from "./database/command-line.ts";
import { restoreOnFly } from "./database/on-fly.ts";

const HELP = `Puts a backup where the database is. What was said after the backup is gone from the chat; clients start their
rooms over. The backup is looked through first, and what it replaces stays beside it as FILE.replaced.

  npm run restore -- FILE                      the database here; stop the server first
  npm run restore -- FILE --force              even if there is a database already
  npm run restore -- --app NAME FILE --force   the app on Fly.io, which restarts; --url URL if it has a domain of its own

Exit code: 0 done, 1 failed and nothing was changed, 2 called wrongly.`;

await run(HELP, async ({ positionals, app, url, force }) => {
	const [file, ...rest] = positionals;
	if (file === undefined || rest.length > 0) throw new Refused("Name the file of the backup.");
	if (app !== undefined) {
		if (!force) throw new Refused(`This replaces everything in ${app}. Say --force if that is what you want.`);
		await restoreOnFly(app, url, file);
		return;
	}
	const { rooms, messages, replaced } = restore(file, databasePath(), { force });
	console.log(`Restored ${messages} messages in ${rooms} rooms.`);
	if (replaced !== undefined) console.log(`What was there before: ${replaced}`);
});
