/** The server of the control row: it acks before it commits, and is the real server in every other respect. */
import { setTimeout as sleep } from "node:timers/promises";
import { openCluster } from "../../../app/cluster/open.ts";
import { loadConfig } from "../../../app/config.ts";
import { openFileStorage } from "../../../app/files/open.ts";
import { createLog } from "../../../app/log.ts";
import type { Entry } from "../../../app/protocol/log.ts";
import type { Append, AppendOutcome } from "../../../app/room/ports/log.ts";
import type { Store } from "../../../app/room/ports/store.ts";
import { createServer } from "../../../app/server.ts";
import { sessionSecret } from "../../../app/session/secret.ts";
import { identityOf } from "../../../app/store/append-identity.ts";
import { openStore } from "../../../app/store/open.ts";

/** The time from the ack to the commit. */
const COMMIT_DELAY_MS = 300;

function ackingEarly(store: Store): Store {
	const heads = new Map<string, number>();
	const acked = new Set<string>();
	let written: Promise<unknown> = Promise.resolve();

	async function ackUncommitted(append: Append): Promise<AppendOutcome> {
		const seq = (heads.get(append.room) ?? (await store.open(append.room, 0)).seq) + 1;
		heads.set(append.room, seq);
		return { outcome: "appended", entry: entryOf(append, seq) };
	}

	return new Proxy(store, {
		get(target, name) {
			if (name !== "append") {
				const method = Reflect.get(target, name);
				return typeof method === "function" ? method.bind(target) : method;
			}
			return async (batch: Append[]) => {
				// The store returns the first seq for a repeat, so the server commits it first.
				const isNew = batch.every((append) => !acked.has(identityOf(append)!.clientId));
				if (!isNew) {
					await written;
					return await target.append(batch);
				}
				const outcomes: AppendOutcome[] = [];
				for (const append of batch) outcomes.push(await ackUncommitted(append));
				for (const append of batch) acked.add(identityOf(append)!.clientId);
				written = Promise.all([written, sleep(COMMIT_DELAY_MS)]).then(() => target.append(batch));
				return outcomes;
			};
		},
	});
}

/** Returns the entry as it will be appended, if nothing is refused. */
function entryOf(append: Append, seq: number): Entry {
	const { kind, createdAt } = append;
	if (kind === "member" || kind === "room") throw new Error("A simulated user changes no members.");
	if (kind === "message") return { kind, seq, author: append.author, createdAt, ...append.content };
	const { target } = append;
	switch (kind) {
		case "edit":
			return { kind, seq, target, createdAt, author: append.user, body: append.body };
		case "reaction":
			return { kind, seq, target, createdAt, user: append.user, emoji: append.emoji, on: append.on };
		case "pin":
			return { kind, seq, target, createdAt, on: append.on };
		case "removal":
			return { kind, seq, target, createdAt, by: append.by!.user };
	}
}

const config = loadConfig(process.env);
const store = await openStore(config);
const { http } = await createServer({
	config,
	secret: await sessionSecret(config),
	store: ackingEarly(store),
	fileStorage: await openFileStorage(config),
	cluster: await openCluster(config, store, { onState() {}, onError() {} }),
	page: { file: () => undefined },
	bannedWords: "",
	log: createLog(config.logLevel),
});
http.listen(config.port, config.host);
