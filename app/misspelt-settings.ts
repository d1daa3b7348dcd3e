import { VARIABLES } from "./config-variables.ts";

/** Maximum number of letters by which a misspelt name differs from a setting's. */
const MAX_DIFFERENCES = 2;
/** Shorter names, such as PORT and HOST, resemble too many others. */
const MIN_CHARS = 8;
const MAX_CHARS = 40;

/** Returns a warning for each variable of the environment that looks like a setting and is none. */
export function misspeltSettings(env: Readonly<Record<string, string | undefined>>): string[] {
	const known = Object.values(VARIABLES).map(({ name }) => name);
	return Object.keys(env)
		.filter((name) => !known.includes(name))
		.flatMap((name) => {
			const meant = known.find((setting) => isSimilar(name, setting));
			if (meant !== undefined) return [`${name} is not a setting and has no effect. Did you mean ${meant}?`];
			return name.startsWith("LIMIT_")
				? [`${name} is not a setting and has no effect. SETTINGS.md lists the limits.`]
				: [];
		});
}

function isSimilar(name: string, setting: string): boolean {
	if (setting.length < MIN_CHARS || name.length > MAX_CHARS) return false;
	return differences(name, setting) <= MAX_DIFFERENCES;
}

/** Returns the least number of letters to add, remove or replace (Levenshtein). */
function differences(a: string, b: string): number {
	let row = Array.from({ length: b.length + 1 }, (_, index) => index);
	for (let i = 1; i <= a.length; i++) {
		const next = [i];
		for (let j = 1; j <= b.length; j++)
			next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
		row = next;
	}
	return row[b.length]!;
}
