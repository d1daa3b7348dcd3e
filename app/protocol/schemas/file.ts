import * as v from "valibot";
import { FILE_ID } from "../file.ts";
import { MAX_ALT_CHARS, MAX_FILE_NAME_CHARS, MAX_FILES } from "../limits.ts";
import { FORBIDDEN_IN_BODIES } from "../message.ts";
import { INVISIBLE, tooLong } from "./fields.ts";
import { FORBIDDEN_IN_NAMES, RoomSchema } from "./names.ts";

/** Names of files come from devices, so what can't be displayed is removed and not refused. */
const FORBIDDEN = new RegExp(FORBIDDEN_IN_NAMES, "gu");
const FOLDERS = /^.*[/\\]/s;
const UNNAMED = "file";
/** A longer extension is shortened like the rest of a name. */
const MAX_EXTENSION_CHARS = 16;

/** Returns a file's name without folders and characters that can't be displayed, shortened before its extension. */
export function cleanFileName(raw: string): string {
	const name = raw.normalize("NFC").replace(FORBIDDEN, "").replace(FOLDERS, "").trim();
	if (name.replace(INVISIBLE, "") === "" || /^\.+$/.test(name)) return UNNAMED;
	if (name.length <= MAX_FILE_NAME_CHARS) return name;
	const dot = name.lastIndexOf(".");
	const extension = dot > 0 && name.length - dot <= MAX_EXTENSION_CHARS ? name.slice(dot) : "";
	// Cutting may leave half of a surrogate pair.
	return name.slice(0, MAX_FILE_NAME_CHARS - extension.length).replace(/\p{Cs}/gu, "") + extension;
}

const ID = "A file's id is the one that its upload returned.";
export const FileId = v.pipe(v.string(ID), v.regex(FILE_ID, ID));

const FILES = `Files are a list of at most ${MAX_FILES} different ids.`;
/** The field `files` of `message:send`. */
export const Files = v.optional(
	v.pipe(
		v.array(FileId, FILES),
		v.check((ids) => ids.length <= MAX_FILES && new Set(ids).size === ids.length, FILES),
	),
);

/** Normalising makes a text at most this many times as long. */
const NORMALISED = 3;

/** The query of `POST /api/files`. */
export const UploadQuerySchema = v.object({
	room: RoomSchema,
	name: v.optional(
		v.pipe(
			v.string(),
			v.maxLength(NORMALISED * 1_024, tooLong("A file's name", MAX_FILE_NAME_CHARS)),
			v.transform(cleanFileName),
		),
		UNNAMED,
	),
	alt: v.optional(
		v.pipe(
			v.string(),
			v.maxLength(MAX_ALT_CHARS, tooLong("A description", MAX_ALT_CHARS)),
			v.check((alt) => alt.search(FORBIDDEN_IN_BODIES) === -1, "A description can't have control characters."),
			v.transform((alt) => alt.trim()),
		),
	),
	thumbhash: v.optional(v.pipe(v.string(), v.regex(/^[\w+/-]{4,36}={0,2}$/, "A thumbhash is a short Base64 text."))),
});
