#!/usr/bin/env node
import { statSync } from "node:fs";
import { backUp } from "../app/store/sqlite/backup.ts";
import { runOperatorCommand, UsageError } from "./command.ts";
import { copyContents, fileIdsIn, filesBeside, localFileStorage, sentenceOf } from "./database/file-contents.ts";
import { existingDatabase } from "./database/local-database.ts";
import { backUpFromFly, flyUrl } from "./database/on-fly.ts";

const HELP = `Copies the database to a file. The server may be running.

  npm run backup -- FILE               the local database (DATABASE_PATH, or ./data/hubbub.db)
  npm run backup -- FILE --without-files
  npm run backup -- --app NAME FILE    the app on Fly.io; add --url URL if it has its own domain

FILE must not exist. It contains all messages and names: store it as safely as the database. The contents of files are
copied to the folder FILE.files beside it, except with --app: there they stay on the app's volume or in its bucket.
Exit code: 0 done, 1 failed, 2 invalid command line.`;

await runOperatorCommand(
	HELP,
	{ app: { type: "string" }, url: { type: "string" }, "without-files": { type: "boolean", default: false } },
	async ([file, ...rest], { app, url, "without-files": isWithoutFiles }) => {
		if (file === undefined || rest.length > 0) throw new UsageError("Give one file name for the backup.");
		if (app !== undefined) await backUpFromFly(app, flyUrl(app, url), file);
		else await backUp(existingDatabase(), file);
		const files = app === undefined && !isWithoutFiles ? await backUpFiles(file) : [];
		console.log(`Backup complete: ${file}, ${(statSync(file).size / 1_000_000).toFixed(1)} MB.`);
		for (const sentence of files) console.log(sentence);
	},
);

async function backUpFiles(file: string): Promise<string[]> {
	const ids = fileIdsIn(file);
	if (ids.length === 0) return [];
	return sentenceOf(await copyContents(ids, await localFileStorage(), await filesBeside(file)), `${file}.files`);
}
