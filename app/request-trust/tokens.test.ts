import assert from "node:assert/strict";
import { test } from "node:test";
import { headersOf } from "./headers.ts";
import { bearerToken, hasAdminToken, hasLoadToken } from "./tokens.ts";

const authorised = (authorization: string) => headersOf({ authorization });

test("the admin token is a bearer token", () => {
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

test("the load token has its own header", () => {
	assert.equal(hasLoadToken(headersOf({ "x-load-token": "s3cret" }), "s3cret"), true);
	assert.equal(hasLoadToken(headersOf({ "x-load-token": "" }), "s3cret"), false);
	assert.equal(hasLoadToken(authorised("Bearer s3cret"), "s3cret"), false);
});

test("without a configured token every token is wrong", () => {
	for (const given of ["undefined", "null", ""]) {
		assert.equal(hasAdminToken(authorised(`Bearer ${given}`), undefined), false);
		assert.equal(hasLoadToken(headersOf({ "x-load-token": given }), undefined), false);
		assert.equal(hasLoadToken(headersOf({ "x-load-token": given }), ""), false);
	}
});

test("a bearer token has no spaces", () => {
	assert.equal(bearerToken(authorised("Bearer a.b-c_d")), "a.b-c_d");
	assert.equal(bearerToken(authorised("Bearer a b")), undefined);
});
