import type { HeaderOf } from "./headers.ts";

/** The settings with the names of the chat. */
export type HostSettings = {
	publicOrigins: readonly string[];
	/** The app's name on Fly.io (`FLY_APP_NAME`). */
	flyApp: string | undefined;
};

/** Longest name of DNS with brackets or a final dot, a colon and a port. */
const MAX_HOST_CHARS = 262;
const IPV4 = /^\d+(\.\d+){3}$/;
/** Names that are answered by this computer or within the local network (RFC 6761, RFC 6762), and belong to no domain. */
const LOCAL_NAME = /^localhost$|\.(localhost|local)$/;

/**
 * Returns the check whether the `Host` of a request is the chat's own (rule S8): an address, a local name, a name on Fly.io,
 * or one of `PUBLIC_ORIGIN`. Others can point a name of theirs at this server, so that their page reads its responses (DNS
 * rebinding). A request without the header comes from a program.
 */
export function ownHostCheck({ publicOrigins, flyApp }: HostSettings): (header: HeaderOf) => boolean {
	const publicNames = new Set(publicOrigins.map((origin) => new URL(origin).hostname));
	return (header) => {
		const given = header("host");
		if (given === undefined) return true;
		const name = hostnameOf(given) ?? "";
		return isLocalName(name) || isFlyName(name, flyApp) || publicNames.has(name);
	};
}

/** Returns the sentence for a request at another name, which says what the operator sets if the name is the chat's own. */
export function foreignHostSentence(header: HeaderOf): string {
	const name = hostnameOf(header("host") ?? "") ?? "";
	const isShown = /^[a-z\d.-]+$/.test(name);
	const address = isShown ? name : "this address";
	const value = isShown ? `https://${name}` : "its origin, such as https://chat.example";
	return `The chat does not know ${address} as its own. If it is, its operator sets PUBLIC_ORIGIN to ${value}.`;
}

/** Returns the lower-case name or address, without a port and a final dot. */
function hostnameOf(host: string): string | undefined {
	if (host.length > MAX_HOST_CHARS || /[/?#@\\\s]/.test(host)) return undefined;
	return URL.parse(`http://${host}`)?.hostname.replace(/\.$/, "");
}

/** Returns whether a name is an address, or one of this computer or the local network. */
function isLocalName(name: string): boolean {
	return name.startsWith("[") || IPV4.test(name) || LOCAL_NAME.test(name);
}

/** Returns whether a name is the app's on Fly.io: public, or in the private network. */
function isFlyName(name: string, app: string | undefined): boolean {
	if (app === undefined) return false;
	return (
		["fly.dev", "flycast", "internal"].some((zone) => name === `${app}.${zone}`) || name.endsWith(`.${app}.internal`)
	);
}
