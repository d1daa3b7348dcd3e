/** Distributes files over groups in turn, because neighbours often take equally long. */
export function deal(files: string[], groups: number): string[][] {
	return Array.from({ length: groups }, (_, group) => files.filter((_, index) => index % groups === group));
}
