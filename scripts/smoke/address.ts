/** The origin of an address from the command line, or `undefined` where it is none. */
function originOf(text: string | undefined): string | undefined {
	const url = URL.parse(text ?? "");
	return url !== null && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

const CALLED_WRONGLY_EXIT_CODE = 2;

/** The one argument of a command that looks at a running chat; undefined where its help, or what is wrong, was all to say. */
export function readAddress(help: string, [address, ...rest]: readonly string[]): string | undefined {
	if (address === "--help" || address === "-h") {
		console.log(help);
		return undefined;
	}
	const url = originOf(address);
	if (url !== undefined && rest.length === 0) return url;
	console.error(`Give the address of a running Hubbub.\n\n${help}`);
	process.exitCode = CALLED_WRONGLY_EXIT_CODE;
	return undefined;
}
