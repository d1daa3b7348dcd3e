import { globSync } from "node:fs";
import { type Import, importsOf } from "./imports.ts";

const SOURCES = "{app,web,load,scripts}/**/*.{ts,tsx,mjs}";

/** The HTTP application runs on every runtime, so the modules that it reaches may use web standards only. */
const PORTABLE_ENTRY = "app/http/app.ts";

type Rule = {
	/** A folder, ending with a slash, or one file. The first rule that matches a file applies to it. */
	of: string;
	/** The folders and files of this project that it may import besides itself. */
	may: string[];
	/** The files also run in a browser, so they must not import Node's modules. */
	webOnly?: true;
};

const PROTOCOL = "app/protocol/";
const SERVICES = ["app/store/postgres/testing/", "app/cluster/testing/"];
/** What the programs of load/, the scripts and the tests share. */
const KIT = "load/kit/";
const TIMEOUT = "app/with-timeout.ts";
const MAKE_FOLDER = "app/make-folder.ts";
const SCHEMAS = "app/protocol/schemas/";

/** Allowed imports. They follow the path of a message through the folders, and never lead back. */
const RULES: Rule[] = [
	{ of: SCHEMAS, may: [PROTOCOL] },
	{ of: PROTOCOL, may: [], webOnly: true },
	{ of: "app/room/", may: [PROTOCOL] },
	{ of: "app/request-trust/", may: [] },
	{ of: "app/session/", may: ["app/room/", MAKE_FOLDER, PROTOCOL] },
	{ of: "app/store/", may: ["app/room/", MAKE_FOLDER, PROTOCOL] },
	{ of: "app/files/", may: ["app/room/", MAKE_FOLDER, PROTOCOL] },
	{ of: "app/cluster/", may: ["app/room/", TIMEOUT, PROTOCOL] },
	{ of: "app/socket/", may: ["app/room/", "app/request-trust/", PROTOCOL] },
	{ of: "app/http/", may: ["app/room/", "app/request-trust/", TIMEOUT, PROTOCOL] },
	{ of: "app/", may: ["app/"] },
	{ of: "web/connection/", may: [PROTOCOL], webOnly: true },
	{ of: "web/model/", may: ["web/connection/", PROTOCOL], webOnly: true },
	{ of: "web/view/", may: ["web/model/", PROTOCOL], webOnly: true },
	{ of: "web/browser/", may: [KIT] },
	{ of: "web/", may: ["web/", PROTOCOL], webOnly: true },
	{ of: KIT, may: [PROTOCOL] },
	// The fault suite and the benchmark start databases as the tests do.
	{ of: "load/chaos/", may: [KIT, PROTOCOL, ...SERVICES] },
	{ of: "load/bench/", may: [KIT, PROTOCOL, ...SERVICES] },
	{ of: "load/attack/", may: [KIT, "load/chaos/", PROTOCOL] },
	{ of: "load/", may: [PROTOCOL] },
	{ of: "scripts/", may: ["app/", "web/browser/", "web/view/message/markdown/", "web/view/testing/", KIT] },
];

/** Only tests may import these, and every folder named testing. */
const FOR_TESTS = ["app/store/contract.ts", "app/store/contract/", "app/files/contract.ts"];

/** Returns one sentence per import that the rules forbid. */
export function findForbiddenImports(root: string): string[] {
	const files = globSync(SOURCES, { cwd: root, exclude: ["**/node_modules", "**/dist"] });
	const imports = files.map((file) => file.replaceAll("\\", "/")).flatMap((file) => importsOf(root, file));
	const refused = imports.map(violationOf).filter((sentence) => sentence !== undefined);
	return [...refused, ...nodeModulesReachedFrom(PORTABLE_ENTRY, imports)];
}

function nodeModulesReachedFrom(entry: string, imports: Import[]): string[] {
	const reached = new Set([entry]);
	const problems: string[] = [];
	for (const file of reached) {
		for (const { from, to, isOurs } of imports) {
			if (from !== file) continue;
			if (isOurs) reached.add(to);
			else if (to.startsWith("node:"))
				problems.push(`${from} imports ${to}: ${entry} reaches it, and has to run without Node.`);
		}
	}
	return problems;
}

/** Returns the sentence that names a forbidden import and its rule, or undefined if the import is allowed. */
function violationOf({ from, to, isOurs }: Import): string | undefined {
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
	return `${edge}: ${rule.of} may import ${rule.may.length > 0 ? rule.may.join(", ") : "nothing of this project"}.`;
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
