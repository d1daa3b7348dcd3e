import type { Import } from "./imports.ts";

type Rule = {
	/** The files that the rule is for: a folder with a slash at its end, or one file. The first match counts. */
	of: string;
	/** What of ours they may import beside their own folder, written alike. */
	may: string[];
	/** True when they must not use Node's own modules. */
	webOnly?: true;
};

const PROTOCOL = "app/protocol.ts";
const SERVICES = ["app/store/postgres/testing/", "app/cluster/testing/"];
const SCHEMAS = "app/schemas.ts";

/** Who may import whom: a message's way through the folders, and no way back. */
export const RULES: Rule[] = [
	{ of: PROTOCOL, may: [], webOnly: true },
	{ of: SCHEMAS, may: [PROTOCOL] },
	{ of: "app/room/", may: [PROTOCOL, SCHEMAS] },
	{ of: "app/edge/", may: [] },
	{ of: "app/session/", may: ["app/room/", PROTOCOL] },
	{ of: "app/store/", may: ["app/room/", PROTOCOL] },
	{ of: "app/cluster/", may: ["app/room/", PROTOCOL] },
	{ of: "app/socket/", may: ["app/room/", "app/edge/", PROTOCOL, SCHEMAS] },
	{ of: "app/http/", may: ["app/room/", "app/edge/", PROTOCOL, SCHEMAS] },
	{ of: "app/", may: ["app/"] },
	{ of: "web/connection/", may: [PROTOCOL], webOnly: true },
	{ of: "web/model/", may: ["web/connection/", PROTOCOL], webOnly: true },
	{ of: "web/view/", may: ["web/model/", PROTOCOL], webOnly: true },
	{ of: "web/browser/", may: [] },
	{ of: "web/", may: ["web/", PROTOCOL], webOnly: true },
	// The fault suite kills databases, and the benchmark has some of its own: they start them as the tests do.
	{ of: "load/chaos/", may: ["load/", PROTOCOL, ...SERVICES] },
	{ of: "load/bench/", may: ["load/", PROTOCOL, ...SERVICES] },
	{ of: "load/", may: [PROTOCOL] },
	{ of: "scripts/", may: ["app/", "web/browser/"] },
];

/** What exists for tests, beside every folder called testing: nothing that ships may lean on it. */
const FOR_TESTS = ["app/store/contract.ts", "app/store/contract/"];

/** The sentence that names the forbidden import and its rule; undefined when the import is allowed. */
export function refuse({ from, to, isOurs }: Import): string | undefined {
	if (isTest(from) || isForTests(from)) return undefined;
	const edge = `${from} imports ${to}`;
	const rule = RULES.find(({ of }) => isIn(from, of));
	if (!rule) return `${edge}: ${from} is in no folder that has an import rule.`;
	if (!isOurs)
		return rule.webOnly && to.startsWith("node:") ? `${edge}: ${rule.of} also runs in a browser.` : undefined;

	if (isTest(to)) return `${edge}: nothing imports a test.`;
	const isGranted = rule.may.some((allowed) => isForTests(allowed) && isIn(to, allowed));
	if (isForTests(to) && !isGranted) return `${edge}: only tests may import it.`;
	if (isIn(to, rule.of) || rule.may.some((allowed) => isIn(to, allowed))) return undefined;
	return `${edge}: ${rule.of} may import ${rule.may.length > 0 ? rule.may.join(", ") : "nothing of ours"}.`;
}

function isIn(path: string, place: string): boolean {
	return place.endsWith("/") ? path.startsWith(place) : path === place;
}

function isTest(path: string): boolean {
	return path.includes(".test.");
}

function isForTests(path: string): boolean {
	return path.includes("/testing/") || FOR_TESTS.some((place) => isIn(path, place));
}
