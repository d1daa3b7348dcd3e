/** The program of {@link startAppending}: appends to a store until it is killed or reaches its limit, and prints acknowledged messages on stdout. */
import { text, upTo } from "../contract/fixture.ts";
import { openStore } from "../open.ts";

const [settings, author, limit = "Infinity"] = process.argv.slice(2);
const store = await openStore(JSON.parse(settings!));

for (let count = 0, round = 1; count < Number(limit); round++) {
	const batch = upTo(1 + (round % 9)).map((item) =>
		text(`room ${item % 3}`, `${author} ${round} ${item} ${"x".repeat((round * 97) % 3_000)}`),
	);
	const outcomes = await store.append(batch);
	const acked = outcomes.map((outcome, index) => {
		const { room, content } = batch[index]!;
		return { room, seq: outcome.outcome === "appended" ? outcome.entry.seq : 0, body: content.body };
	});
	await new Promise((resolve) => process.stdout.write(`${JSON.stringify(acked)}\n`, resolve));
	count += batch.length;
}
await store.close();
