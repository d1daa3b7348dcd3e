/** Looks a request's header up by its lower-case name; several of one name are joined by commas. */
export type HeaderOf = (name: string) => string | undefined;

/** The headers of a Node request, which its socket's handshake has too. */
export function headersOf(headers: Readonly<Record<string, string | string[] | undefined>>): HeaderOf {
	return (name) => {
		const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
		return Array.isArray(value) ? value.join(", ") : value;
	};
}
