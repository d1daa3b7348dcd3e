import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { VARIABLES, type Variable } from "../../app/config-variables.ts";

const BEGIN = "<!-- settings: written by npm run check -- --fix -->";
const END = "<!-- /settings -->";

/** The README's table of settings: every variable that the server reads, its default and its meaning. */
export function settingsTable(): string {
	const rows = Object.values<Variable>(VARIABLES).map(
		({ name, default: fallback, meaning }) => `| \`${name}\` | ${show(fallback)} | ${meaning.replaceAll("|", "\\|")} |`,
	);
	return ["| Variable | Default | Meaning |", "| --- | --- | --- |", ...rows].join("\n");
}

/** Whether README.md carries exactly that table, between its two marks. */
export function checkSettings(root: string): string[] {
	const readme = existsSync(join(root, "README.md")) ? readFileSync(join(root, "README.md"), "utf8") : "";
	if (!readme.includes(BEGIN) || !readme.includes(END)) return [`README.md needs the lines "${BEGIN}" and "${END}".`];
	if (withTable(readme) === readme) return [];
	return [
		"README.md's table of settings is not that of app/config-variables.ts: npm run check -- --fix writes it anew.",
	];
}

/** Puts the table into README.md, between the marks. */
export function writeSettings(root: string): void {
	const path = join(root, "README.md");
	if (checkSettings(root).length > 0 && existsSync(path)) writeFileSync(path, withTable(readFileSync(path, "utf8")));
}

function withTable(readme: string): string {
	const from = readme.indexOf(BEGIN);
	const to = readme.indexOf(END, from);
	if (from < 0 || to < 0) return readme;
	return `${readme.slice(0, from + BEGIN.length)}\n\n${settingsTable()}\n\n${readme.slice(to)}`;
}

function show(fallback: unknown): string {
	if (fallback === undefined || (Array.isArray(fallback) && fallback.length === 0)) return "none";
	return `\`${fallback}\``;
}
