/** Writes the emoji of the page, from the package emojibase-data. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TempFolder } from "../load/kit/temp-folder.ts";
import { reduceEmoji } from "./emoji/reduce-emoji.ts";
import { root } from "./root.ts";
import { npm } from "./setup/npm.mjs";

const PACKAGE = "emojibase-data@17.0.0";
const HELP = `npm run update:emoji

Downloads ${PACKAGE} (MIT, 49 MB with all its languages, so it is not installed) and writes web/view/emoji/data. Needed
after a new version of Unicode.
`;

if (process.argv.includes("--help")) console.log(HELP);
else await update();

async function update(): Promise<void> {
	using folder = new TempFolder("hubbub-emoji-");
	await npm(["pack", PACKAGE, "--pack-destination", folder.path], folder.path);
	execFileSync("tar", ["-xzf", `${PACKAGE.replace("@", "-")}.tgz`], { cwd: folder.path });
	const read = (file: string) => JSON.parse(readFileSync(join(folder.path, "package", "en", file), "utf8"));
	const { emoji, tags } = reduceEmoji(read("data.json"), read("shortcodes/github.json"));
	for (const [name, data] of Object.entries({ emoji, tags }))
		writeFileSync(join(root, "web/view/emoji/data", `${name}.json`), `${JSON.stringify(data, undefined, "\t")}\n`);
}
