const NUMBER = new Intl.NumberFormat();

/** Returns "1 person" or "3 people". */
export function peopleCount(count: number): string {
	return count === 1 ? "1 person" : `${NUMBER.format(count)} people`;
}

/** Returns "1 person here" or "3 people here". */
export function presentSentence(count: number): string {
	return `${peopleCount(count)} here`;
}
