import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

const SOURCES = "app/**/*.ts";
/** The only folder that depends on the internals of ws and engine.io. */
const ALLOWED = "app/socket/engine/";
const PRIVATE_FIELD =
	/\b(wsEngine|writeBuffer|wsPreEncoded(?:Frame)?)\b|(?:\.|\?\.)(_socket|_sender|_receiver)\b|\b(_socket)\??:/g;

/** Finds code that names a private field of ws or engine.io outside app/socket/engine/, one sentence per file and field. */
export function findPrivateFields(root: string): string[] {
	const files = globSync(SOURCES, { cwd: root }).map((file) => file.replaceAll("\\", "/"));
	return files
		.filter((file) => !file.startsWith(ALLOWED))
		.flatMap((file) => {
			const matches = readFileSync(join(root, file), "utf8").matchAll(PRIVATE_FIELD);
			const fields = [...matches].map((groups) => groups.slice(1).find((field) => field !== undefined));
			return [...new Set(fields)].map(
				(field) => `${file} names ${field}, a private field of ws or engine.io: only ${ALLOWED} may.`,
			);
		});
}
