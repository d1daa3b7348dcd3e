/** Deals files out in turn: neighbours, which often take equally long, go into different groups. */
export function deal(files: string[], groups: number): string[][] {
	return Array.from({ length: groups }, (_, group) => files.filter((_, index) => index % groups === group));
}
