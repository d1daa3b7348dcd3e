#!/usr/bin/env node
import { createWriteStream } from "node:fs";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import * as v from "valibot";
import type { Message } from "../app/protocol/message.ts";
import { RoomSchema } from "../app/protocol/schemas/names.ts";
import { openReader } from "../app/store/sqlite/connection.ts";
import { readerCalls } from "../app/store/sqlite/reader.ts";
import { runOperatorCommand, UsageError } from "./command.ts";
import { copyContents, filesBeside, localFileStorage, sentenceOf } from "./database/file-contents.ts";
import { asHtml } from "./database/html.ts";
import { existingDatabase } from "./database/local-database.ts";

const HELP = `Writes the messages of a room to a file, in their current state. Removed messages and former texts are not included.

  npm run export-room -- ROOM FILE.jsonl     one JSON object per line: seq, rev, author, createdAt, body or location,
                                             and where they apply editedAt, reply, root, mentions, files, pinned, replies,
                                             reactions
  npm run export-room -- ROOM FILE.html      a self-contained page

The contents of the files of these messages are copied to the folder FILE.files, by their ids: ab/cd/abcd….
Reads the local database (DATABASE_PATH, or ./data/hubbub.db), or a backup: DATABASE_PATH=backup.db npm run export-room …
Exit code: 0 done, 1 failed, 2 invalid command line.`;

const PAGE_MESSAGES = 1_000;

await runOperatorCommand(HELP, {}, async ([name, file, ...rest]) => {
	if (name === undefined || file === undefined || rest.length > 0) throw new UsageError("Give a room and a file.");
	const format = /\.html?$/i.test(file) ? asHtml : /\.(jsonl|ndjson)$/i.test(file) ? asJsonLines : undefined;
	if (format === undefined) throw new UsageError(`${file} has to end in .jsonl or .html, which selects the format.`);
	const room = v.safeParse(RoomSchema, name);
	if (!room.success) throw new UsageError(room.issues[0].message);

	const reader = openRoom(existingDatabase(), room.output);
	try {
		// "wx" fails if the file exists.
		const output = createWriteStream(file, { flags: "wx", mode: 0o600 });
		await pipeline(format(room.output, reader.messages(), basename(file)), output);
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
		throw new Error(`${file} already exists. Give another file name.`, { cause: error });
	} finally {
		reader.close();
	}
	console.log(`Wrote ${reader.count()} messages of "${room.output}" to ${file}.`);
	const ids = reader.fileIds();
	if (ids.length === 0) return;
	const copied = await copyContents(ids, await localFileStorage(), await filesBeside(file));
	for (const sentence of sentenceOf(copied, `${file}.files`)) console.log(sentence);
});

/** Opens a room for reading: its messages, oldest first, read in pages. Throws if the room does not exist. */
function openRoom(database: string, room: string) {
	const calls = readerCalls(openReader(database));
	let count = 0;
	const fileIds: string[] = [];
	if (calls.open(room, 0) === undefined) {
		calls.close();
		throw new Error(`There is no room "${room}" in ${database}.`);
	}
	return {
		*messages(): Generator<Message> {
			let after = 0;
			for (let more = true; more; ) {
				const page = calls.history(room, { after, limit: PAGE_MESSAGES });
				yield* page.messages;
				fileIds.push(...page.messages.flatMap(({ files = [] }) => files.map(({ id }) => id)));
				count += page.messages.length;
				after = page.messages.at(-1)?.seq ?? after;
				more = page.more;
			}
		},
		/** The number of messages read so far. */
		count: () => count,
		/** The ids of the files of the messages read so far. */
		fileIds: () => fileIds,
		close: () => calls.close(),
	};
}

/** Yields each message as one line of JSON, in the format of the history. */
function* asJsonLines(_room: string, messages: Iterable<Message>): Generator<string> {
	for (const message of messages) yield `${JSON.stringify(message)}\n`;
}
