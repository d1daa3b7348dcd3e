/** The deployment ends here, for a reason that a sentence says. Exit code 2: nothing was begun, or it was called wrongly. */
export class Stop extends Error {
	readonly exitCode: 1 | 2;
	constructor(exitCode: 1 | 2, ...lines: string[]) {
		super(lines.join("\n"));
		this.exitCode = exitCode;
	}
}
