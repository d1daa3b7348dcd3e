/** The server of the control row: it acks before it commits, and is the real server in every other respect. */
import { setTimeout as sleep } from "node:timers/promises";
import { openCluster } from "../../../app/cluster/open.ts";
import { loadConfig } from "../../../app/config.ts";
import { createLog } from "../../../app/log.ts";
import type { Append, AppendOutcome } from "../../../app/room/ports/log.ts";
import type { Store } from "../../../app/room/ports/store.ts";
import { createServer } from "../../../app/server.ts";
import { sessionSecret } from "../../../app/session/secret.ts";
import { openStore } from "../../../app/store/open.ts";

/** The time from the ack to the commit. */
const COMMIT_DELAY_MS = 300;

function ackingEarly(store: Store): Store {
	const heads = new Map<string, number>();
	const acked = new Set<string>();
	let written: Promise<unknown> = Promise.resolve();

	async function ackUncommitted(append: Append): Promise<AppendOutcome> {
		if (append.kind === "removal") throw new Error("users of the control remove no messages");
		const { room, author, content, createdAt } = append;
		const seq = (heads.get(room) ?? (await store.open(room, 0)).seq) + 1;
		heads.set(room, seq);
		return { outcome: "appended", entry: { kind: "message", seq, author, createdAt, ...content } };
	}

	return new Proxy(store, {
		get(target, name) {
			if (name !== "append") {
				const method = Reflect.get(target, name);
				return typeof method === "function" ? method.bind(target) : method;
			}
			return async (batch: Append[]) => {
				// The store returns the first seq for a repeat, so the server commits it first.
				const isNew = batch.every((append) => append.kind === "message" && !acked.has(append.clientId));
				if (!isNew) {
					await written;
					return await target.append(batch);
				}
				const outcomes: AppendOutcome[] = [];
				for (const append of batch) outcomes.push(await ackUncommitted(append));
				for (const append of batch) if (append.kind === "message") acked.add(append.clientId);
				written = Promise.all([written, sleep(COMMIT_DELAY_MS)]).then(() => target.append(batch));
				return outcomes;
			};
		},
	});
}

const config = loadConfig(process.env);
const store = await openStore(config);
const { http } = await createServer({
	config,
	secret: await sessionSecret(config),
	store: ackingEarly(store),
	cluster: await openCluster(config, { onState() {}, onError() {} }),
	page: { file: () => undefined },
	bannedWords: "",
	log: createLog(config.logLevel),
});
http.listen(config.port, config.host);
