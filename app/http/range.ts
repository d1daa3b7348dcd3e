/** The bytes that a request is for: `start` to `end`, which is included. */
export type RequestedRange = { start: number; end: number };

/**
 * Returns the range of a content of `bytes` that the header `Range` requests; undefined for the whole content, also where
 * the header has several ranges or another unit, and "unsatisfiable" where it has none of the bytes.
 */
export function rangeOf(header: string | undefined, bytes: number): RequestedRange | "unsatisfiable" | undefined {
	const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
	if (first === undefined || last === undefined || (first === "" && last === "")) return undefined;
	if (first === "") {
		const count = Math.min(Number(last), bytes);
		return count === 0 ? "unsatisfiable" : { start: bytes - count, end: bytes - 1 };
	}
	const start = Number(first);
	const end = last === "" ? bytes - 1 : Math.min(Number(last), bytes - 1);
	// A range that ends before it begins is not valid, so it does not count.
	if (last !== "" && Number(last) < start) return undefined;
	return start < bytes ? { start, end } : "unsatisfiable";
}
