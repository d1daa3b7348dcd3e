import assert from "node:assert/strict";
import { test } from "node:test";
import type { Metafile } from "esbuild";
import { fillReferences, pageEntries, pageParts } from "./references.ts";

const file = { bytes: 1, inputs: {}, exports: [], imports: [] };
const metafile = {
	inputs: {},
	outputs: {
		"web/dist/assets/main-AAAAAAAA.js": {
			...file,
			entryPoint: "web/main.tsx",
			cssBundle: "web/dist/assets/main-BBBBBBBB.css",
			imports: [
				{ path: "web/dist/assets/chunk-CCCCCCCC.js", kind: "import-statement" },
				{ path: "web/dist/assets/emoji-DDDDDDDD.js", kind: "dynamic-import" },
			],
		},
		"web/dist/assets/main-BBBBBBBB.css": file,
		"web/dist/assets/chunk-CCCCCCCC.js": file,
		"web/dist/assets/emoji-DDDDDDDD.js": {
			...file,
			entryPoint: "web/view/emoji.ts",
			imports: [{ path: "web/dist/assets/chunk-CCCCCCCC.js", kind: "import-statement" }],
		},
	},
} satisfies Metafile;

test("index.html gets the hashed names, and a preload for each static import", () => {
	const html = '<head><link href="/main.css"><script src="/main.js"></script></head>';
	assert.equal(
		fillReferences(html, pageEntries([{ metafile }])),
		'<head><link href="/assets/main-BBBBBBBB.css"><script src="/assets/main-AAAAAAAA.js"></script>' +
			'<link rel="modulepreload" href="/assets/chunk-CCCCCCCC.js" /></head>',
	);
});

test("a part that is loaded later is known by its source, with its static imports", () => {
	assert.deepEqual(pageParts([{ metafile }]), [
		{ source: "web/view/emoji.ts", urls: ["/assets/emoji-DDDDDDDD.js", "/assets/chunk-CCCCCCCC.js"] },
	]);
});

test("an index.html without one of the names is refused", () => {
	const forgetful = '<head><link href="/main.css"></head>';
	assert.throws(() => fillReferences(forgetful, pageEntries([{ metafile }])), /does not mention "\/main\.js"/);
});
