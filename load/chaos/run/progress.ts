import type { Result } from "../report/result.ts";

const SAY_EVERY_MS = 5_000;

export type Progress = {
	begin(title: string): void;
	/** What goes on just now; on a terminal it is one line that changes, elsewhere a line now and then. */
	say(doing: string): void;
	done(result: Result): void;
};

/** Tells how far it is, on standard error: standard output is for the result. */
export function reportProgress(): Progress {
	const isTerminal = process.stderr.isTTY;
	let saidAt = 0;
	const clear = () => isTerminal && process.stderr.write("\r\x1b[K");
	return {
		begin(title) {
			saidAt = performance.now();
			process.stderr.write(isTerminal ? `… ${title}` : `… ${title}\n`);
		},
		say(doing) {
			if (isTerminal) process.stderr.write(`\r\x1b[K… ${doing}`);
			else if (performance.now() - saidAt >= SAY_EVERY_MS) {
				saidAt = performance.now();
				process.stderr.write(`    ${doing}\n`);
			}
		},
		done(result) {
			clear();
			if (result.state === "skipped") process.stderr.write(`- ${result.title}: skipped, ${result.reason}\n`);
			else {
				const figures = Object.entries(result.figures).map(([name, value]) => `${name} ${value}`);
				const mark = result.state === "held" ? "✓" : "✗";
				process.stderr.write(`${mark} ${result.title} (${result.seconds.toFixed(0)} s) ${figures.join("; ")}\n`);
				for (const complaint of result.verdict.complaints) process.stderr.write(`    ${complaint}\n`);
			}
		},
	};
}
