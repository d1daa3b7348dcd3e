import assert from "node:assert/strict";
import { test } from "node:test";
import { localFiles } from "../../../model/files/local-files.ts";
import { Attachments } from "./attachments.ts";

function open({ waiting = 0 } = {}) {
	const reports: string[] = [];
	const kept = new Map<string, Blob>();
	const attachments = new Attachments({
		store: {
			bytes: async () => waiting,
			put: async (id, content) => void kept.set(id, content),
		},
		prepare: async (file) =>
			file.type === "image/png"
				? { content: new Blob(["drawn"], { type: "image/webp" }), name: "drawn.webp", width: 3, height: 2 }
				: undefined,
		report: (sentence) => reports.push(sentence),
	});
	return { attachments, reports, kept };
}

const file = (name: string, type = "", content = "content") => new File([content], name, { type });

test("pictures are drawn again, other files are sent as they are, and a description goes along", async () => {
	const { attachments, reports, kept } = open();
	const adding = attachments.add([
		file("a.png", "image/png"),
		file("b.html", "text/html"),
		file("c.heic", "image/heic"),
	]);
	assert.equal(attachments.isReady.value, false, "nothing is added yet");
	await adding;
	assert.equal(attachments.isReady.value, true);
	const [picture, page, unknown] = attachments.list.value;
	picture!.alt.value = " A fox\u0007 ";
	const ids = attachments.list.value.map(({ id }) => id);
	assert.deepEqual(attachments.files, [
		{ id: ids[0], name: "drawn.webp", width: 3, height: 2, type: "image/webp", bytes: 5, alt: "A fox" },
		{ id: ids[1], name: "b.html", type: "application/octet-stream", bytes: 7 },
		{ id: ids[2], name: "c.heic", type: "application/octet-stream", bytes: 7 },
	]);
	assert.deepEqual(
		[picture, page, unknown].map((one) => one!.isAsItIs),
		[false, false, true],
	);
	await attachments.keep();
	assert.deepEqual([...kept.keys()], ids);
	attachments.remove(ids[1]!);
	assert.equal(attachments.files.length, 2);
	assert.equal(localFiles.value.get(ids[1]!), undefined);
	assert.deepEqual(reports, []);
});

test("a picture is sent as it was taken on request", async () => {
	const { attachments } = open();
	await attachments.add([file("a.png", "image/png"), file("b.txt", "text/plain")]);
	const [picture, text] = attachments.list.value.map(({ id }) => id) as [string, string];
	const sent = () => attachments.files.map(({ name, bytes }) => [name, bytes]);
	await attachments.setOriginal(picture, true);
	await attachments.setOriginal(text, true);
	assert.deepEqual(sent(), [
		["a.png", 7],
		["b.txt", 7],
	]);
	assert.equal(await localFiles.value.get(picture)!.content.text(), "content");
	assert.deepEqual(
		attachments.list.value.map(({ isAsItIs }) => isAsItIs),
		[false, false],
	);
	await attachments.setOriginal(picture, false);
	assert.deepEqual(sent(), [
		["drawn.webp", 5],
		["b.txt", 7],
	]);
	assert.equal(await localFiles.value.get(picture)!.content.text(), "drawn");
});

test("more than ten files, empty ones and more than the device keeps are refused with a sentence", async () => {
	const { attachments, reports } = open({ waiting: 99_999_990 });
	await attachments.add(Array.from({ length: 11 }, (_, index) => file(`${index}.txt`, "text/plain", "x")));
	assert.equal(attachments.files.length, 10);
	assert.deepEqual(reports, ["A message has at most 10 files. Send the others in another message."]);
	const full = open({ waiting: 99_999_995 });
	await full.attachments.add([
		file("empty.txt", "text/plain", ""),
		file("a.txt", "", "four"),
		file("b.txt", "", "four"),
	]);
	assert.equal(full.attachments.files.length, 1);
	assert.deepEqual(full.reports, [
		'"empty.txt" is empty.',
		"At most 100 MB of files can wait to be sent. Wait until some are sent, or remove some.",
	]);
});

test("a file that can't be read is left out", async () => {
	const { attachments, reports } = open();
	const folder = file("folder", "", "content");
	folder.arrayBuffer = () => Promise.reject(new DOMException("not readable"));
	await attachments.add([folder]);
	assert.equal(attachments.list.value.length, 0);
	assert.deepEqual(reports, ['"folder" can\'t be read.']);
});

test("a device that can't keep files says so", async () => {
	const { attachments, reports } = open();
	await attachments.add([file("a.txt")]);
	const failing = new Attachments({
		store: { bytes: () => Promise.reject(new Error()), put: () => Promise.reject(new Error()) },
		prepare: async () => undefined,
		report: (sentence) => reports.push(sentence),
	});
	await failing.add([file("a.txt")]);
	assert.equal(failing.files.length, 1);
	await failing.keep();
	assert.deepEqual(reports, ["This device can't keep files. Stay on this page until they are sent."]);
});
