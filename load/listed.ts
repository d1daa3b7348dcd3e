import { BadInput } from "./bad-input.ts";

/** What a list with commas names, in the order of `known`; undefined without a list. Throws {@link BadInput} for others. */
export function listed(
	option: string,
	list: string | undefined,
	known: readonly string[],
): readonly string[] | undefined {
	if (list === undefined) return undefined;
	const asked = list.split(",").map((word) => word.trim());
	const unknown = asked.find((word) => !known.includes(word));
	if (unknown !== undefined) throw new BadInput(`${option} knows ${known.join(", ")}; it does not know "${unknown}".`);
	return known.filter((word) => asked.includes(word));
}
