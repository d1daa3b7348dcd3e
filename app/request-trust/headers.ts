/** Returns a request's header by its lower-case name. Several of one name are joined with commas. */
export type HeaderOf = (name: string) => string | undefined;

/** Returns the lookup in the headers of a Node request. */
export function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>): HeaderOf {
	return (name) => {
		const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
		return Array.isArray(value) ? value.join(", ") : value;
	};
}
