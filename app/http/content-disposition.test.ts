import assert from "node:assert/strict";
import { test } from "node:test";
import { contentDisposition } from "./content-disposition.ts";

test("F4 a name is sent as it is, and can't end its header", () => {
	assert.equal(contentDisposition("inline", "fox.png"), `inline; filename="fox.png"; filename*=UTF-8''fox.png`);
	assert.equal(
		contentDisposition("attachment", `größe "1" (a'b*).pdf`),
		`attachment; filename="gr__e _1_ (a'b*).pdf"; filename*=UTF-8''gr%C3%B6%C3%9Fe%20%221%22%20%28a%27b%2A%29.pdf`,
	);
	for (const name of ['x"; evil="', "a\r\nSet-Cookie: x", "\ud800", "🦊\u202e", "%41\\"]) {
		const header = contentDisposition("attachment", name);
		assert.match(header, /^attachment; filename="[^"\\%\r\n]*"; filename\*=UTF-8''[\w.~%-]*$/);
	}
});
