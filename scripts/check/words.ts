import { globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseSync, Visitor } from "oxc-parser";
import { root } from "../root.ts";
import { RETIRED_WORDS } from "./word-list.ts";

const SOURCES = "{app,web,load,scripts}/**/*.{ts,tsx,mjs}";
const TEXTS = "{*.md,Dockerfile,*.{yaml,toml},{app,load,scripts,web}/**/*.{md,conf,toml,sh,css,html,sql,lua}}";
const EXCLUDED = ["**/node_modules", "**/dist"];
/** Files that quote the words. */
const EXEMPT = ["scripts/check/word-list.ts", "scripts/check/words.test.ts"];

type Text = { kind: "name" | "prose"; text: string; at: number };

/** Finds retired words in names, comments, strings and documents: "file:line: word → what to use". Each file reports a word once for names, at its first occurrence, and everywhere in prose. */
export function findRetiredWords(folder: string): string[] {
	const find = (pattern: string) =>
		globSync(pattern, { cwd: folder, exclude: EXCLUDED }).map((file) => file.replaceAll("\\", "/"));
	const sources = find(SOURCES).map((file) => ({ file, textsOf: sourceTexts }));
	const documents = find(TEXTS).map((file) => ({ file, textsOf: documentTexts }));
	return [...sources, ...documents]
		.filter(({ file }) => !EXEMPT.includes(file))
		.sort((a, b) => a.file.localeCompare(b.file))
		.flatMap(({ file, textsOf }) => {
			const source = readFileSync(join(folder, file), "utf8");
			return [...inPath(file), ...inTexts(file, source, textsOf(file, source))];
		});
}

function inPath(file: string): string[] {
	const name = spaced(basename(file).replace(/\.(test\.)?\w+$/, ""));
	return RETIRED_WORDS.filter((word) => word.path?.test(file) || word.name?.test(name)).map(
		({ use }) => `${file}: the file's name → ${use}`,
	);
}

function inTexts(file: string, source: string, texts: Text[]): string[] {
	const found: { at: number; word: string; use: string }[] = [];
	for (const { use, name, prose } of RETIRED_WORDS) {
		const names = new Set<string>();
		for (const { kind, text, at } of texts) {
			if (kind === "name") {
				if (!name?.test(spaced(text)) || names.has(text)) continue;
				names.add(text);
				found.push({ at, word: text, use });
			} else if (prose !== undefined) {
				for (const match of text.matchAll(global(prose)))
					found.push({ at: at + match.index, word: match[0].trim().replace(/ +/g, " "), use });
			}
		}
	}
	return found
		.sort((a, b) => a.at - b.at)
		.map(({ at, word, use }) => `${file}:${source.slice(0, at).split("\n").length}: "${word}" → ${use}`);
}

/** `cutLines` and `cut-lines` as "cut Lines" and "cut lines". */
function spaced(name: string): string {
	return name
		.replace(/([a-z0-9])([A-Z])/g, "$1 $2")
		.replace(/[-_#$]+/g, " ")
		.trim();
}

function documentTexts(_file: string, source: string): Text[] {
	return [{ kind: "prose", text: joined(source), at: 0 }];
}

/** The identifiers of a source file, its comments, and its strings except the specifiers of imports. */
function sourceTexts(file: string, source: string): Text[] {
	const { program, comments } = parseSync(file, source);
	const texts: Text[] = comments.map(({ value, start }) => ({ kind: "prose", text: joined(value), at: start + 2 }));
	const name = (node: { name: string; start: number }) => texts.push({ kind: "name", text: node.name, at: node.start });
	const prose = (text: string, at: number) => texts.push({ kind: "prose", text: joined(text), at });
	new Visitor({
		Identifier: name,
		PrivateIdentifier: name,
		JSXIdentifier: name,
		Literal({ value, start }) {
			if (typeof value === "string" && !/^\.{1,2}\//.test(value)) prose(value, start + 1);
		},
		TemplateElement: ({ value, start }) => prose(value.raw, start),
		JSXText: ({ value, start }) => prose(value, start),
	}).visit(program);
	return texts;
}

/** Joins the lines of a text, because a phrase may continue on the next one. The length stays, and so does each position. */
function joined(text: string): string {
	return text.replace(/\n[ \t]*(\*|#|\/\/)?/g, (lineBreak) => " ".repeat(lineBreak.length));
}

/** The pattern for a text whose lines were joined: a space stands for any number of them. */
function global({ source, flags }: RegExp): RegExp {
	return new RegExp(source.replace(/ (?![^[]*\])/g, " +"), `${flags}g`);
}

if (import.meta.main) {
	const parts = process.argv.slice(2);
	const problems = findRetiredWords(root).filter(
		(line) => parts.length === 0 || parts.some((part) => line.includes(part)),
	);
	for (const problem of problems) console.log(problem);
	console.log(`${problems.length} to replace`);
}
