import type { Metafile } from "esbuild";
import { type PageBundle, pageOutputInRoot } from "./bundle.ts";

/** Other outputs have an entry point too: each part that is imported when asked for. */
const ENTRIES = new Set(["web/main.tsx", "web/theme.ts"]);

export type PageEntry = {
	/** The name that index.html knows it by: "main.js". */
	name: string;
	/** Where it is served: "/assets/main-ABCDEFGH.js". */
	url: string;
	/** What its script imports at once, so that the browser can fetch all of it side by side. */
	preloads: string[];
};

/** What index.html refers to: the scripts and the style sheets that the page begins with. */
export function pageEntries(bundles: Pick<PageBundle, "metafile">[]): PageEntry[] {
	return bundles.flatMap(({ metafile }) =>
		Object.entries(metafile.outputs)
			.filter(([, { entryPoint }]) => ENTRIES.has(entryPoint ?? ""))
			.flatMap(([path, { cssBundle }]) => {
				const [, ...others] = importedAtOnce(metafile, path);
				const script = { name: plainName(path), url: urlOf(path), preloads: others.map(urlOf) };
				return cssBundle ? [script, { name: plainName(cssBundle), url: urlOf(cssBundle), preloads: [] }] : [script];
			}),
	);
}

/** index.html with "/main.js" and the like replaced by the built files' addresses. Throws where one is not mentioned. */
export function fillReferences(html: string, entries: PageEntry[]): string {
	let filled = html;
	for (const { name, url, preloads } of entries) {
		if (!filled.includes(`"/${name}"`)) throw new Error(`web/index.html does not mention "/${name}".`);
		const links = preloads.map((file) => `<link rel="modulepreload" href="${file}" />`).join("");
		filled = filled.replace(`"/${name}"`, `"${url}"`).replace("</head>", `${links}</head>`);
	}
	return filled;
}

/** An output and everything that it imports before it runs, by their paths in the metafile. */
function importedAtOnce(metafile: Metafile, path: string, found = new Set<string>()): Set<string> {
	if (found.has(path)) return found;
	found.add(path);
	for (const edge of metafile.outputs[path]?.imports ?? []) {
		if (edge.kind === "import-statement" && !edge.external) importedAtOnce(metafile, edge.path, found);
	}
	return found;
}

function urlOf(path: string): string {
	return path.slice(pageOutputInRoot.length);
}

function plainName(path: string): string {
	return path.slice(path.lastIndexOf("/") + 1).replace(/-[A-Z0-9]{8}(?=\.\w+$)/, "");
}
