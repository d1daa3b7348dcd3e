import type { HeaderOf } from "./headers.ts";

const utf8 = new TextEncoder();

/** Returns whether a request has the `ADMIN_TOKEN`; false if none is set. */
export function hasAdminToken(header: HeaderOf, adminToken: string | undefined): boolean {
	return isSame(bearerToken(header), adminToken);
}

/** Returns whether a request has the `LOAD_TOKEN`; false if none is set. */
export function hasLoadToken(header: HeaderOf, loadToken: string | undefined): boolean {
	return isSame(header("x-load-token"), loadToken);
}

export function bearerToken(header: HeaderOf): string | undefined {
	return /^Bearer +(\S+)$/i.exec(header("authorization") ?? "")?.[1];
}

/** Compares in a time that depends only on the length of `given`. */
function isSame(given: string | undefined, expected: string | undefined): boolean {
	if (given === undefined || expected === undefined || expected === "") return false;
	const a = utf8.encode(given);
	const b = utf8.encode(expected);
	let difference = a.length ^ b.length;
	for (let i = 0; i < a.length; i++) difference |= a[i]! ^ b[i % b.length]!;
	return difference === 0;
}
