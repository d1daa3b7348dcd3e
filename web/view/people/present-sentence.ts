const NUMBER = new Intl.NumberFormat();

/** Returns "1 person here" or "3 people here". */
export function presentSentence(count: number): string {
	return count === 1 ? "1 person here" : `${NUMBER.format(count)} people here`;
}
