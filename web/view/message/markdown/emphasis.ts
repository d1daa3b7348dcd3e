import type { Budget, Inline } from "./tree.ts";

/** `**` is strong, `*` and `_` are emphasis, `~~` is struck out. Longer runs are text, except `***`, which is both. */
type Mark = "**" | "*" | "_" | "~~";
type Opener = { mark: Mark; index: number };

const KINDS = { "**": "strong", "*": "em", _: "em", "~~": "del" } as const;
/** What may be outside of "_". */
const BESIDE = /[\s\p{P}~]/u;
/** Letters with a case, and digits. Scripts without spaces between the words have neither. */
const CASED = /[\p{Lu}\p{Ll}\p{N}]/u;
const DIGIT = /\p{N}/u;
const SPACE = /\s/u;

/**
 * The nodes of a line, and the marks in them that are open. Each mark is open at most once, so the nesting is bounded, and
 * each node is moved into another one at most four times.
 */
export class EmphasisStack {
	readonly nodes: Inline[] = [];
	readonly #budget: Budget;
	#open: Opener[] = [];

	constructor(budget: Budget) {
		this.#budget = budget;
	}

	push(node: Inline): void {
		if (node !== "") this.nodes.push(node);
	}

	/** Makes text of what is open, as at the end of a paragraph. */
	reset(): void {
		this.#open = [];
	}

	/** Handles a run of one mark's characters, which is `text` from `start` to `end`. */
	handle(text: string, start: number, end: number): void {
		const run = text.slice(start, end);
		const sides = sidesOf(run, text, start, end);
		for (const mark of this.#marksOf(run)) {
			if (sides.closes && this.#close(mark)) continue;
			if (sides.opens && this.#budget.nodes > 0) this.#drop(mark).push({ mark, index: this.nodes.length });
			this.nodes.push(mark);
		}
		if (!isMark(run) && run !== "***") this.nodes.push(run);
	}

	#marksOf(run: string): Mark[] {
		if (run !== "***") return isMark(run) ? [run] : [];
		const inner = this.#open.findLast(({ mark }) => mark === "*" || mark === "**");
		return inner?.mark === "*" ? ["*", "**"] : ["**", "*"];
	}

	/** Returns whether the mark was open. What was opened inside and not closed is text. */
	#close(mark: Mark): boolean {
		const at = this.#open.findIndex((opener) => opener.mark === mark);
		const opener = this.#open[at];
		if (opener === undefined || opener.index === this.nodes.length - 1 || this.#budget.nodes <= 0) return false;
		this.#budget.nodes--;
		this.#open.length = at;
		const children = this.nodes.splice(opener.index).slice(1);
		this.nodes.push({ kind: KINDS[mark], children });
		return true;
	}

	/** The later one of two opening marks is the one that counts. */
	#drop(mark: Mark): Opener[] {
		this.#open = this.#open.filter((opener) => opener.mark !== mark);
		return this.#open;
	}
}

function isMark(run: string): run is Mark {
	return Object.hasOwn(KINDS, run);
}

/** Whether a run can open and close, by the characters beside it. */
function sidesOf(run: string, text: string, start: number, end: number): { opens: boolean; closes: boolean } {
	const before = text[start - 1] ?? " ";
	const after = text[end] ?? " ";
	const isInside = (pattern: RegExp) => pattern.test(before) && pattern.test(after);
	// 2*3*4, 2**3**4 and snake_case are text. So is a mark after a backslash: ¯\_(ツ)_/¯
	if (before === "\\" || isInside(run === "**" || run === "~~" ? DIGIT : CASED)) return { opens: false, closes: false };
	if (run[0] === "_") {
		// Faces are text: ^_^ -_- >_<
		if (before === after) return { opens: false, closes: false };
		return { opens: BESIDE.test(before) && !SPACE.test(after), closes: !SPACE.test(before) && BESIDE.test(after) };
	}
	return { opens: !SPACE.test(after), closes: !SPACE.test(before) };
}
