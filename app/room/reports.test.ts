import assert from "node:assert/strict";
import { test } from "node:test";
import { openDomain, refusalOf, request } from "../testing/domain.ts";

const PAGE = { limit: 10 };

/** Ada is a moderator; ben and cat talk in the lobby. */
async function openReports() {
	const domain = openDomain();
	const { chat, member } = domain;
	const ada = domain.connect("ada");
	await chat.roles.set("admin", { user: ada.user.id, role: "moderator" });
	const [ben, cat] = [await member("ben", "lobby"), await member("cat", "lobby")];
	await domain.send(ben, "lobby", "something rude");
	return { ...domain, ada, ben, cat };
}

test("G1 G2 a report shows its message as it is now, until it is closed", async () => {
	const { chat, store, ada, ben, cat, nextId } = await openReports();
	assert.ok((await chat.reports.report(cat, { room: "lobby", target: 1, reason: "rude" })).ok);
	const listed = await chat.reports.list(ada.user, PAGE);
	assert.ok(listed.ok);
	const [report] = listed.data.reports;
	assert.deepEqual(
		[report?.room, report?.seq, report?.message?.body, report?.message?.author, report?.by, report?.reason],
		["lobby", 1, "something rude", ben.user, cat.user, "rude"],
	);
	await request((reply) => chat.removals.remove(ben, { room: "lobby", target: 1, clientId: nextId() }, reply));
	const after = await chat.reports.list(ada.user, PAGE);
	assert.deepEqual(after.ok && after.data.reports.map(({ message }) => message), [undefined]);
	store.audited.length = 0;
	assert.ok((await chat.reports.close(ada.user, report!.id)).ok);
	assert.equal(refusalOf(await chat.reports.close(ada.user, report!.id)), "not_found");
	assert.deepEqual(
		store.audited.map(({ act, target, by }) => [act, target, by]),
		[["close_report", { report: report!.id }, "ada (u-ada)"]],
	);
});

test("G1 what a user does not see is not reported", async () => {
	const { chat, store, ada, cat } = await openReports();
	assert.equal(refusalOf(await chat.reports.report(ada, { room: "lobby", target: 1 })), "not_found room");
	assert.equal(refusalOf(await chat.reports.report(cat, { room: "lobby", target: 2 })), "not_found target");
	assert.deepEqual(store.reported, []);
});

test("G2 only owners and moderators see and close reports, and a private room is not named", async () => {
	const { chat, store, ada, ben, cat } = await openReports();
	for (const { user } of [ben, cat]) {
		assert.equal(refusalOf(await chat.reports.list(user, PAGE)), "forbidden");
		assert.equal(refusalOf(await chat.reports.close(user, 1)), "forbidden");
	}
	const room = `~${"a".repeat(26)}`;
	store.commit(room, 1);
	const { epoch } = await store.open(room, 0);
	await store.reports.add({ room, epoch, seq: 1, by: cat.user, createdAt: 1 });
	await store.reports.add({ room: "lobby", epoch: "of a removed log", seq: 1, by: cat.user, createdAt: 1 });
	const listed = await chat.reports.list(ada.user, PAGE);
	assert.deepEqual(listed.ok && listed.data.reports.map(({ room, message }) => [room, message?.body]), [
		["lobby", undefined],
		[undefined, "1"],
	]);
	assert.ok(!JSON.stringify(listed).includes(room));
});

test("G3 L1 reports have a rate of their own", async () => {
	const { chat, cat } = await openReports();
	for (let count = 0; count < 10; count++) assert.ok((await chat.reports.report(cat, { room: "lobby", target: 1 })).ok);
	const refused = await chat.reports.report(cat, { room: "lobby", target: 1 });
	assert.equal(refusalOf(refused), "rate_limited");
});
