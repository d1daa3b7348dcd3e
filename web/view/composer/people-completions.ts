import type { User } from "../../../app/protocol/session.ts";
import type { Completion } from "./completion.ts";

const MAX_COMPLETIONS = 8;

/** Returns the people whose name, or a later word of it, begins with the query. Keeps their order within each. */
export function peopleCompletions(people: readonly User[], query: string, max = MAX_COMPLETIONS): Completion[] {
	const wanted = folded(query);
	const byName: User[] = [];
	const byWord: User[] = [];
	for (const person of people) {
		const name = folded(person.name);
		if (name.startsWith(wanted)) byName.push(person);
		else if (name.includes(` ${wanted}`)) byWord.push(person);
	}
	return [...byName, ...byWord].slice(0, max).map(({ id, name }) => ({ key: id, insert: `@${name}`, label: name }));
}

/** Without case and accents, so that "ines" finds "Inês". */
function folded(text: string): string {
	return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}
