/**
 * Advisories on packages that the server ships, and the version that fixed each: what the lock file is held against where
 * the registry offers no audits. A new one is a line here and an update of the package.
 */

export type Advisory = {
	package: string;
	/** The first version that has the fix, of the major line that we are on. */
	fixedIn: string;
	/** Its CVE, or its number at GitHub where it has none. */
	id: string;
	about: string;
};

export const KNOWN: Advisory[] = [
	{ package: "ws", fixedIn: "8.21.0", id: "CVE-2026-48779", about: "tiny fragments exhaust the memory" },
	{ package: "ws", fixedIn: "8.20.1", id: "CVE-2026-45736", about: "memory that was not initialised is disclosed" },
	{ package: "ws", fixedIn: "8.17.1", id: "CVE-2024-37890", about: "a request with many headers ends the process" },
	{ package: "engine.io", fixedIn: "6.6.9", id: "GHSA-r635-g3xr-vw7x", about: "connections of polling are exhausted" },
	{ package: "engine.io", fixedIn: "6.6.9", id: "GHSA-gr94-w7qr-f4j3", about: "a WebTransport with a session's id" },
	{ package: "engine.io", fixedIn: "6.6.7", id: "CVE-2026-59725", about: "binary POST requests that are invalid" },
	{ package: "engine.io", fixedIn: "6.4.2", id: "CVE-2023-31125", about: "an exception that nothing catches" },
	{ package: "socket.io-parser", fixedIn: "4.2.7", id: "CVE-2026-69185", about: "crafted packets exhaust the memory" },
	{ package: "socket.io-parser", fixedIn: "4.2.6", id: "CVE-2026-33151", about: "attachments without a bound" },
	{ package: "socket.io-parser", fixedIn: "4.2.3", id: "CVE-2023-32695", about: "a packet ends the process" },
	{ package: "socket.io", fixedIn: "4.6.2", id: "CVE-2024-38355", about: "an error event that nothing handles" },
	{ package: "hono", fixedIn: "4.12.34", id: "GHSA-8j4g-w8fx-2239", about: "a slow expression in its CORS" },
	{ package: "hono", fixedIn: "4.12.25", id: "CVE-2026-54290", about: "its CORS reflects any origin" },
	{ package: "hono", fixedIn: "4.12.21", id: "CVE-2026-47675", about: "cookies are injected by their options" },
	{ package: "cookie", fixedIn: "0.7.0", id: "CVE-2024-47764", about: "names of cookies are not checked" },
	{
		package: "esbuild",
		fixedIn: "0.25.0",
		id: "GHSA-67mh-4wv8-2f99",
		about: "its development server answers any page",
	},
];

/** Versions that the server relies on for more than a fix: the options and the internals that it was written for. */
export const FLOORS: Readonly<Record<string, string>> = {
	"socket.io": "4.8.3",
	"engine.io": "6.6.9",
	"socket.io-parser": "4.2.7",
	"socket.io-adapter": "2.5.8",
	ws: "8.21.0",
};
