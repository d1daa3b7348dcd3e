export type Instruction = { name: string; value: string };
export type Stage = { from: string; name: string; instructions: Instruction[] };

/** The stages of a Dockerfile: lines joined, comments gone, `${NODE_IMAGE}` left as it stands. */
export function parseDockerfile(text: string): { globals: Instruction[]; stages: Stage[] } {
	const globals: Instruction[] = [];
	const stages: Stage[] = [];
	const lines = text
		.replace(/^\s*#.*\n/gm, "")
		.replace(/\\\n\s*/g, " ")
		.split("\n");
	for (const line of lines.filter((one) => one.trim() !== "")) {
		const [, name, value] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
		if (name === undefined || value === undefined) throw new Error(`Not an instruction: ${line}`);
		const from = name === "FROM" ? /^(\S+)(?: AS (\S+))?$/.exec(value) : null;
		if (from) stages.push({ from: from[1]!, name: from[2] ?? "", instructions: [] });
		else (stages.at(-1)?.instructions ?? globals).push({ name, value });
	}
	return { globals, stages };
}

/** The values of one kind of instruction, in order. */
export function valuesOf(stage: Stage, name: string): string[] {
	return stage.instructions.filter((one) => one.name === name).map(({ value }) => value);
}

/** What ENV sets. */
export function environmentOf(stage: Stage): Record<string, string> {
	const pairs = valuesOf(stage, "ENV").flatMap((value) => [...value.matchAll(/(\w+)=(\S+)/g)]);
	return Object.fromEntries(pairs.map(([, key, value]) => [key!, value!]));
}
