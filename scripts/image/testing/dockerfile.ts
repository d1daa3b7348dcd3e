export type Instruction = { name: string; value: string };
export type BuildStage = { from: string; name: string; instructions: Instruction[] };

/** Parses a Dockerfile: joins continued lines, removes comments, and does not expand variables. */
export function parseDockerfile(text: string): { globals: Instruction[]; stages: BuildStage[] } {
	const globals: Instruction[] = [];
	const stages: BuildStage[] = [];
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

/** Returns the values of all instructions with this name, in order. */
export function valuesOf(stage: BuildStage, name: string): string[] {
	return stage.instructions.filter((one) => one.name === name).map(({ value }) => value);
}

/** Returns the variables that ENV sets. */
export function environmentOf(stage: BuildStage): Record<string, string> {
	const pairs = valuesOf(stage, "ENV").flatMap((value) => [...value.matchAll(/(\w+)=(\S+)/g)]);
	return Object.fromEntries(pairs.map(([, key, value]) => [key!, value!]));
}
