#!/usr/bin/env node
import { existsSync } from "node:fs";
import { restore } from "../app/store/sqlite/restore.ts";
import { runOperatorCommand, UsageError } from "./command.ts";
import { copyContents, fileIdsIn, filesBeside, localFileStorage, sentenceOf } from "./database/file-contents.ts";
import { databasePath } from "./database/local-database.ts";
import { flyUrl, restoreOnFly } from "./database/on-fly.ts";

const HELP = `Replaces the database with a backup. Messages sent after the backup are lost, and clients reload their rooms. The
backup is checked first. The replaced database is kept as FILE.replaced. The contents of files are copied from the folder
FILE.files, which the backup made, except with --app.

  npm run restore -- FILE                      the local database; stop the server first
  npm run restore -- FILE --force              the same, if there is a database already
  npm run restore -- --app NAME FILE --force   the app on Fly.io, which restarts; add --url URL if it has its own domain

Exit code: 0 done, 1 failed and nothing was changed, 2 invalid command line.`;

const OPTIONS = {
	app: { type: "string" },
	url: { type: "string" },
	force: { type: "boolean", default: false },
} as const;

await runOperatorCommand(HELP, OPTIONS, async ([file, ...rest], { app, url, force }) => {
	if (file === undefined || rest.length > 0) throw new UsageError("Give the file of the backup.");
	if (app !== undefined) {
		if (!force) throw new UsageError(`This replaces everything in ${app}. Add --force to confirm.`);
		await restoreOnFly(app, flyUrl(app, url), file);
		return;
	}
	const { rooms, messages, replaced } = restore(file, databasePath(), { force });
	console.log(`Restored ${messages} messages in ${rooms} rooms.`);
	const ids = fileIdsIn(databasePath());
	if (ids.length > 0 && existsSync(`${file}.files`)) {
		const copied = await copyContents(ids, await filesBeside(file), await localFileStorage());
		for (const sentence of sentenceOf(copied, "their place")) console.log(sentence);
	}
	if (replaced !== undefined) console.log(`The replaced database: ${replaced}`);
});
