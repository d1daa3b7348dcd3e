#!/usr/bin/env node
import { statSync } from "node:fs";
import { backUp } from "../app/store/sqlite/backup.ts";
import { runOperatorCommand, UsageError } from "./command.ts";
import { existingDatabase } from "./database/local-database.ts";
import { backUpFromFly, flyUrl } from "./database/on-fly.ts";

const HELP = `Copies the database to a file. The server may be running.

  npm run backup -- FILE               the local database (DATABASE_PATH, or ./data/hubbub.db)
  npm run backup -- --app NAME FILE    the app on Fly.io; add --url URL if it has its own domain

FILE must not exist. It contains all messages and names: store it as safely as the database.
Exit code: 0 done, 1 failed, 2 invalid command line.`;

await runOperatorCommand(
	HELP,
	{ app: { type: "string" }, url: { type: "string" } },
	async ([file, ...rest], { app, url }) => {
		if (file === undefined || rest.length > 0) throw new UsageError("Give one file name for the backup.");
		if (app !== undefined) await backUpFromFly(app, flyUrl(app, url), file);
		else await backUp(existingDatabase(), file);
		console.log(`Backup complete: ${file}, ${(statSync(file).size / 1_000_000).toFixed(1)} MB.`);
	},
);
