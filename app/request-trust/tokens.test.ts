import assert from "node:assert/strict";
import { test } from "node:test";
import { headersOf } from "./headers.ts";
import { bearerToken, hasAdminToken, hasLoadToken } from "./tokens.ts";

const authorised = (authorization: string) => headersOf({ authorization });

test("the admin token comes as a bearer token", () => {
	assert.equal(hasAdminToken(authorised("Bearer s3cret"), "s3cret"), true);
	assert.equal(hasAdminToken(authorised("bearer   s3cret"), "s3cret"), true);
	for (const wrong of [
		"s3cret",
		"Basic s3cret",
		"Bearer",
		"Bearer ",
		"Bearer s3cre",
		"Bearer s3crets3cret",
		"Bearer S3cret",
	])
		assert.equal(hasAdminToken(authorised(wrong), "s3cret"), false, wrong);
	assert.equal(hasAdminToken(headersOf({}), "s3cret"), false);
});

test("the load token comes in a header of its own", () => {
	assert.equal(hasLoadToken(headersOf({ "x-load-token": "s3cret" }), "s3cret"), true);
	assert.equal(hasLoadToken(headersOf({ "x-load-token": "" }), "s3cret"), false);
	assert.equal(hasLoadToken(authorised("Bearer s3cret"), "s3cret"), false);
});

test("no token is right where none is set", () => {
	for (const given of ["undefined", "null", ""]) {
		assert.equal(hasAdminToken(authorised(`Bearer ${given}`), undefined), false);
		assert.equal(hasLoadToken(headersOf({ "x-load-token": given }), undefined), false);
		assert.equal(hasLoadToken(headersOf({ "x-load-token": given }), ""), false);
	}
});

test("a bearer token is one word", () => {
	assert.equal(bearerToken(authorised("Bearer a.b-c_d")), "a.b-c_d");
	assert.equal(bearerToken(authorised("Bearer a b")), undefined);
});
