#!/usr/bin/env node
import { createWriteStream, existsSync } from "node:fs";
import { pipeline } from "node:stream/promises";
import * as v from "valibot";
import { RoomSchema } from "../app/protocol/schemas/names.ts";
import { databasePath, Refused, run } from "./database/command-line.ts";
import { asHtml } from "./database/html.ts";
import { asJsonLines } from "./database/json-lines.ts";
import { openRoom } from "./database/room-reader.ts";

const HELP = `Writes what was said in a room to a file, in its current state: what was removed is not in it.

  npm run export-room -- ROOM FILE.jsonl     a JSON object a line: seq, author, createdAt, body or location
  npm run export-room -- ROOM FILE.html      a page to read, which needs nothing else

Reads the database here (DATABASE_PATH, or ./data/hubbub.db), or a backup: DATABASE_PATH=backup.db npm run export-room …
Exit code: 0 done, 1 failed, 2 called wrongly.`;

await run(HELP, async ({ positionals }) => {
	const [name, file, ...rest] = positionals;
	if (name === undefined || file === undefined || rest.length > 0) throw new Refused("Name a room and a file.");
	const format = /\.html?$/i.test(file) ? asHtml : /\.(jsonl|ndjson)$/i.test(file) ? asJsonLines : undefined;
	if (format === undefined) throw new Refused(`${file} should end in .jsonl or .html, for that decides the format.`);
	const room = v.safeParse(RoomSchema, name);
	if (!room.success) throw new Refused(room.issues[0].message);
	const database = databasePath();
	if (!existsSync(database)) throw new Error(`There is no database at ${database}. Is DATABASE_PATH right?`);

	const reader = openRoom(database, room.output);
	try {
		// "wx": a file that is there already is not overwritten.
		await pipeline(format(room.output, reader.messages()), createWriteStream(file, { flags: "wx" }));
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
		throw new Error(`${file} is there already. Name a file that is not there yet.`, { cause: error });
	} finally {
		reader.close();
	}
	console.log(`${file} has ${reader.count()} messages of "${room.output}".`);
});
