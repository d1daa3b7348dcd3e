/** Ends the deployment with a message. Exit code 2 means that nothing was changed. */
export class Stop extends Error {
	readonly exitCode: 1 | 2;
	constructor(exitCode: 1 | 2, ...lines: string[]) {
		super(lines.join("\n"));
		this.exitCode = exitCode;
	}
}
