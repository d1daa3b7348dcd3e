import { ROWS } from "../rows/all.ts";

/** Every fault, a few lines each. */
export function listRows(): string {
	return ROWS.map((row) => {
		const { id, title, expected, rounds, obstacle } = row;
		const reason = obstacle?.();
		const often = `${rounds.full} ${rounds.full === 1 ? "round" : "rounds"}, ${rounds.quick} with --quick`;
		return `${id.padEnd(14)} ${title}\n${" ".repeat(15)}${expected}; ${reason === undefined ? often : `skipped here: ${reason}`}`;
	}).join("\n");
}
