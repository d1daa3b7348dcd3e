/** The origin of an address from the command line, or `undefined` where it is none. */
export function originOf(text: string | undefined): string | undefined {
	const url = URL.parse(text ?? "");
	return url !== null && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}
