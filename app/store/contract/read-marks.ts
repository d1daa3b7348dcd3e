import assert from "node:assert/strict";
import type { Store } from "../../room/ports/store.ts";
import { ADA, BEN, fill, type OpenForTest, removal, storeTest, text, upTo } from "./fixture.ts";

type Move = { seq: number; user?: string; back?: true; epoch?: string; room?: string; movedAt?: number };

/** Returns functions that move and read marks in the lobby, by default ada's. */
async function marksOf(store: Store) {
	const { epoch } = await store.open("lobby", 0);
	const move = ({ seq, user = ADA.id, movedAt = 1, ...rest }: Move) =>
		store.moveReadMarks([{ room: "lobby", epoch, user, seq, movedAt, ...rest }]);
	const read = async (user = ADA.id) => (await store.readMarks([{ room: "lobby", user, epoch }]))[0];
	return { epoch, move, read };
}

/** Read marks of users. */
export function readMarksContract(name: string, open: OpenForTest): void {
	storeTest(name, "U1 a mark moves forward only, and back on purpose", open, async ({ store, reopen }) => {
		await fill(store, "lobby", 20);
		const { epoch, move, read } = await marksOf(store);
		assert.equal(await read(), undefined);
		await move({ seq: 10 });
		await move({ seq: 7 });
		assert.equal(await read(), 10);
		await move({ seq: 4, back: true });
		assert.equal(await read(), 4);
		await move({ seq: 0, back: true });
		assert.equal(await read(), 0, "everything is unread");
		await move({ seq: 12 });
		const reopened = await reopen();
		assert.deepEqual(await reopened.readMarks([{ room: "lobby", user: ADA.id, epoch }]), [12]);
	});

	storeTest(name, "U1 two devices that race leave the newer mark", open, async ({ store }) => {
		await fill(store, "lobby", 50);
		const { move, read } = await marksOf(store);
		await Promise.all(upTo(50).map((seq) => move({ seq: (seq * 7) % 51 })));
		assert.equal(await read(), 50);
	});

	storeTest(name, "U1 a mark is at most the head, and one in another log is ignored", open, async ({ store }) => {
		await fill(store, "lobby", 3);
		const { move, read } = await marksOf(store);
		await move({ seq: 9_007_199_254_740_991 });
		assert.equal(await read(), 3);
		await move({ seq: 1, back: true, epoch: "another" });
		await move({ seq: 1, room: "nowhere" });
		assert.equal(await read(), 3);
		const { epoch } = await store.open("empty", 0);
		await store.moveReadMarks([{ room: "empty", epoch, user: ADA.id, seq: 0, movedAt: 1 }]);
		assert.equal(await store.pruneEmptyRooms(Date.now() + 1_000, []), 1, "an empty room has no marks");
	});

	storeTest(name, "U1 many marks are read and moved at once", open, async ({ store }) => {
		for (const room of ["' or 1=1 --", "garden"]) await store.append([text(room, "a"), removal(room, 1)]);
		const places = await Promise.all(
			["garden", "' or 1=1 --"].flatMap((room) =>
				upTo(300).map(async (number) => {
					const { epoch } = await store.open(room, 0);
					return { room, epoch, user: `user "${number}"` };
				}),
			),
		);
		const seqs = places.map((_, index) => index % 3);
		await store.moveReadMarks(places.map((place, index) => ({ ...place, seq: seqs[index]!, movedAt: 1 })));
		const elsewhere = { room: "garden", epoch: "another", user: 'user "1"' };
		assert.deepEqual(await store.readMarks([...places, elsewhere]), [...seqs, undefined]);
		assert.deepEqual(await store.readMarks([]), []);
		await store.moveReadMarks([]);
	});

	storeTest(name, "U1 marks are removed with their room, and when they are old", open, async ({ store }) => {
		await fill(store, "lobby", 3);
		const { move, read } = await marksOf(store);
		for (const number of upTo(600)) await move({ seq: 2, user: `guest ${number}`, movedAt: 100 });
		await move({ seq: 2, movedAt: 200 });
		await move({ seq: 2, user: BEN.id, movedAt: 100 });
		await move({ seq: 3, user: BEN.id, movedAt: 300 });
		assert.equal(await store.pruneReadMarks(200), 600);
		assert.deepEqual([await read(), await read(BEN.id), await read("guest 7")], [2, 3, undefined]);
		assert.equal(await store.removeRoom("lobby"), true);
		await fill(store, "lobby", 3);
		const again = await marksOf(store);
		assert.equal(await again.read(), undefined);
		assert.equal(await read(), undefined);
	});
}
