import assert from "node:assert/strict";
import { Session } from "node:inspector/promises";
import { test } from "node:test";
import { hostileTexts } from "../../testing/hostile-texts.ts";
import { mentionNames } from "./mention-names.ts";
import { parseMarkdown } from "./parse-markdown.ts";
import type { Block, Inline } from "./tree.ts";

/** Names that almost match each "@" of "@@@@…", for as long as a name may be. */
const NAMES = mentionNames(["a", "b"], (id) => "@".repeat(30) + id);

/** Calls the function and returns how often parts of the parser ran: its steps, whatever else the machine does. */
async function stepsOf(session: Session, call: () => void): Promise<number> {
	call();
	const { result } = await session.post("Profiler.takePreciseCoverage");
	return result
		.filter(({ url }) => url.includes("/web/view/message/"))
		.flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges))
		.reduce((sum, { count }) => sum + count, 0);
}

test("the steps grow as the text does, whatever it is", async (t) => {
	const session = new Session();
	session.connect();
	t.after(() => session.disconnect());
	await session.post("Profiler.enable");
	await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
	const [small, large] = [hostileTexts(2_500), hostileTexts(10_000)];
	for (const [name, text] of large) {
		await stepsOf(session, () => {});
		const before = await stepsOf(session, () => parseMarkdown(small.get(name)!, NAMES));
		const after = await stepsOf(session, () => parseMarkdown(text, NAMES));
		assert.ok(after < 5 * before + 500, `${name}: ${before} steps for 2,500 characters, ${after} for 10,000`);
		assert.ok(after < 60 * text.length, `${name}: ${after} steps`);
	}
});

function depthOf(nodes: (Block | Inline)[]): number {
	return Math.max(0, ...nodes.map((node) => (typeof node === "string" ? 0 : 1 + depthOf(childrenOf(node)))));
}

function childrenOf(node: Exclude<Block | Inline, string>): (Block | Inline)[] {
	if ("items" in node) return node.items.flatMap(({ children }) => children);
	return "children" in node ? node.children : [];
}

function countOf(nodes: (Block | Inline)[]): number {
	return nodes.reduce((sum, node) => sum + 1 + (typeof node === "string" ? 0 : countOf(childrenOf(node))), 0);
}

test("the tree of a hostile text is shallow and small", () => {
	for (const [name, text] of hostileTexts(10_000)) {
		const blocks = parseMarkdown(text, NAMES);
		assert.ok(depthOf(blocks) <= 10, `${name}: ${depthOf(blocks)} levels`);
		assert.ok(countOf(blocks) <= 2_000, `${name}: ${countOf(blocks)} nodes`);
	}
});
