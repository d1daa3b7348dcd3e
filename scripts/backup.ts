#!/usr/bin/env node
import { existsSync, statSync } from "node:fs";
import { backUp } from "../app/store/sqlite/back-up.ts";
import { databasePath, Refused, run } from "./database/command-line.ts";
import { backUpFromFly } from "./database/on-fly.ts";

const HELP = `Copies everything that was said to a file, while the server goes on.

  npm run backup -- FILE               of the database here (DATABASE_PATH, or ./data/hubbub.db)
  npm run backup -- --app NAME FILE    of the app on Fly.io; --url URL if it has a domain of its own

The file must not be there yet. It holds messages and names, so keep it as you would keep them.
Exit code: 0 done, 1 failed, 2 called wrongly.`;

await run(HELP, async ({ positionals, app, url }) => {
	const [file, ...rest] = positionals;
	if (file === undefined || rest.length > 0) throw new Refused("Name one file for the backup.");
	if (app !== undefined) {
		await backUpFromFly(app, url, file);
	} else {
		const database = databasePath();
		if (!existsSync(database)) throw new Error(`There is no database at ${database}. Is DATABASE_PATH right?`);
		await backUp(database, file);
	}
	console.log(`${file} has it all: ${(statSync(file).size / 1_000_000).toFixed(1)} MB.`);
});
