import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Variable } from "../../app/config-variable.ts";
import { VARIABLES } from "../../app/config-variables.ts";

const PAGE = "app/SETTINGS.md";

const HEADING = `<!-- Generated from app/config-variables.ts by: npm run check -- --fix -->

# Settings

The server reads its settings from environment variables. It does not start with an invalid value, and names the variable.

`;

/** Returns the page of settings: each variable that the server reads, its default and its meaning. */
export function settingsPage(): string {
	const rows = Object.values<Variable>(VARIABLES).map(
		({ name, default: fallback, meaning }) => `| \`${name}\` | ${show(fallback)} | ${meaning.replaceAll("|", "\\|")} |`,
	);
	return `${HEADING}${["| Variable | Default | Meaning |", "| --- | --- | --- |", ...rows].join("\n")}\n`;
}

/** Returns a problem if app/SETTINGS.md is missing or out of date. */
export function checkSettings(root: string): string[] {
	if (readPage(root) === settingsPage()) return [];
	return [`${PAGE} does not match app/config-variables.ts. Run: npm run check -- --fix`];
}

/** Writes app/SETTINGS.md. */
export function writeSettings(root: string): void {
	writeFileSync(join(root, PAGE), settingsPage());
}

function readPage(root: string): string | undefined {
	try {
		return readFileSync(join(root, PAGE), "utf8");
	} catch {
		return undefined;
	}
}

function show(fallback: unknown): string {
	if (fallback === undefined || (Array.isArray(fallback) && fallback.length === 0)) return "none";
	return `\`${fallback}\``;
}
