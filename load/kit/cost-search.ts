import type { Random } from "./random.ts";

/** Where a text of somebody goes in, and what it costs there. */
export type CostForm = {
	name: string;
	/** The longest text. */
	maxChars: number;
	/** Returns the CPU time of handling the text, in any unit. */
	cost(text: string): Promise<number>;
	/** Returns the text with which another one is compared; by default letters of as many bytes. */
	plain?: (text: string) => string;
};

/** A text that costs `ratio` times as much as a plain one of the same length. */
export type FoundCost = { form: string; unit: string; chars: number; ratio: number };

/** Characters that normalisation, case, segmentation, Markdown, links or JSON treat in their own ways. */
const CHARACTERS = [
	..."aA0 _*~`[]()<>#@:/.\\\"'&%\n\t",
	..."\u0301\u0345\u0360\u0489\ufdfa\ufb03\u1e9e\u0130\u03c2\uac00\u1100\u1161",
	..."\u200b\u200d\u200e\u202e\u00ad\u2800\ufeff\ufffd\u0000",
	...["\u{1d400}", "\u{1f468}\u200d", "\u{1f3fb}", "\u{1f1e9}", "\u{e0067}", "\ud800"],
	...["www.", "https://", "mailto:", "\n> ", "\n- ", "```"],
];
/** Most characters of the part that a text repeats. */
const MAX_UNIT = 8;
/** How often a text that seems to be too costly is measured again: the machine may have been busy. */
const REPEATS = 3;

/** Looks for texts that cost much for their length: it repeats short units, and mutates the costliest of each form. */
export class CostSearch {
	readonly #forms: readonly CostForm[];
	readonly #random: Random;
	readonly #maxRatio: number;
	readonly #costliest = new Map<string, { unit: string[]; ratio: number }>();
	#turn: number;

	constructor(forms: readonly CostForm[], random: Random, maxRatio: number) {
		this.#forms = forms;
		this.#random = random;
		this.#maxRatio = maxRatio;
		this.#turn = random.between(0, forms.length - 1);
	}

	/** Tries one text in the next form. */
	async step(): Promise<FoundCost> {
		const form = this.#forms[this.#turn++ % this.#forms.length]!;
		const unit = this.#unitFor(form.name);
		const text = unit
			.join("")
			.repeat(Math.ceil(form.maxChars / unit.join("").length))
			.slice(0, form.maxChars);
		let ratio = await ratioOf(form, text);
		for (let again = 0; again < REPEATS && ratio > this.#maxRatio; again++)
			ratio = Math.min(ratio, await ratioOf(form, text));
		const known = this.#costliest.get(form.name);
		if (known === undefined || ratio > known.ratio) this.#costliest.set(form.name, { unit, ratio });
		return { form: form.name, unit: unit.join(""), chars: text.length, ratio };
	}

	#unitFor(form: string): string[] {
		const random = this.#random;
		const known = this.#costliest.get(form);
		if (known === undefined || random.chance(0.3))
			return Array.from({ length: random.between(1, 3) }, () => random.pick(CHARACTERS));
		const unit = [...known.unit];
		const at = random.between(0, unit.length - 1);
		if (unit.length > 1 && random.chance(0.3)) unit.splice(at, 1);
		else unit.splice(at, unit.length === MAX_UNIT || random.chance(0.5) ? 1 : 0, random.pick(CHARACTERS));
		return unit;
	}
}

async function ratioOf(form: CostForm, text: string): Promise<number> {
	const plain = await form.cost(form.plain?.(text) ?? "a".repeat(Buffer.byteLength(text)));
	const cost = await form.cost(text);
	return cost / plain;
}

/** Returns the sentence of a text that costs too much. */
export function costSentence({ form, unit, chars, ratio }: FoundCost): string {
	return `${form}: ${chars} characters of ${JSON.stringify(unit)} cost ${ratio.toFixed(1)} times as much as a plain text of this length.`;
}
