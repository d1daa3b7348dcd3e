import assert from "node:assert/strict";
import { test } from "node:test";
import { entryId } from "./entry-kinds.ts";
import { evidenceOf, readEvidence } from "./evidence.ts";
import { RoomLedger } from "./room-ledger.ts";
import { settle } from "./settle.ts";

test("every byte of files is accounted for; one that is not found is lost, unless its message was removed", () => {
	const ledger = new RoomLedger("room", "run");
	const removed = 4;
	ledger.acknowledge(9, entryId(7, "removal", removed));
	Object.assign(ledger.files, { uploaded: 2, uploadedBytes: 300, downloaded: 5, downloadedBytes: 750 });
	ledger.files.notFound.push(removed);
	const evidence = readEvidence(JSON.parse(JSON.stringify(evidenceOf(ledger))));
	const intact = {
		uploaded: 2,
		uploadedBytes: 300,
		downloaded: 5,
		downloadedBytes: 750,
		altered: 0,
		tooLate: 1,
		lost: 0,
	};
	assert.deepEqual(settle([evidence]).files, intact);
	assert.deepEqual(settle([evidence]).faults, []);

	ledger.files.altered = 1;
	ledger.files.notFound.push(3);
	const { files, faults } = settle([evidenceOf(ledger)]);
	assert.deepEqual(files, { ...intact, altered: 1, lost: 1 });
	assert.deepEqual(faults, [
		"room: 1 downloaded files differ from what was uploaded",
		"room: a file of the message at seq 3 was not found, which nobody removed",
	]);
});
