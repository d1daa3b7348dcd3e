import type { Findings } from "../../kit/suite/findings.ts";
import type { Command, SentCommand, StoredEntry, UserHistory } from "./history.ts";
import { appendedKind, type RoomModel } from "./room-model.ts";

/** Checks that everything that was acked is in the log, under the seq of its ack and in the order of sending. */
export function checkSent({ user, room, sent }: UserHistory, model: RoomModel, findings: Findings): void {
	const entries = model.entries.values().filter(({ author }) => author === user);
	const own = new Map(entries.map((entry) => [entry.clientId, entry]));
	for (const one of sent) checkCommand(`${room}: ${user}'s ${nameOf(one.command)} was`, one, own, model, findings);
	const known = new Set(sent.map(({ clientId }) => clientId));
	for (const { seq, clientId } of own.values())
		if (!known.has(clientId ?? "")) findings.problem(`${room}: ${seq} is stored as ${user}'s, who never sent it.`);
	checkOrderSent(user, room, sent, findings);
}

function checkCommand(
	what: string,
	{ clientId, command, acks, hasNoTarget }: SentCommand,
	own: ReadonlyMap<string | null, StoredEntry>,
	model: RoomModel,
	findings: Findings,
): void {
	const entry = own.get(clientId);
	if (hasNoTarget && acks.length === 0) {
		const isAlive = "target" in command && model.newest(command.target)?.message !== undefined;
		if (isAlive) findings.broken("lost", `${what} refused, and the message is there.`);
		if (entry) findings.broken("lost", `${what} refused and is stored as ${entry.seq}.`);
		return;
	}
	findings.sent++;
	const [ack, ...repeats] = acks;
	if (ack === undefined) {
		findings.broken("unacked", `${what} never acked.`);
		return;
	}
	findings.acked++;
	if (repeats.some(({ seq }) => seq !== ack.seq)) findings.broken("duplicated", `${what} acked under several seqs.`);
	if (entry === undefined || !isStoredAs(entry, command, model))
		findings.broken("lost", `${what} acked as ${ack.seq} and is not in the store.`);
	else if (entry.seq !== ack.seq)
		findings.broken("outOfOrder", `${what} acked as ${ack.seq} and is stored as ${entry.seq}.`);
}

/** Whether the row has what was sent. A text that was edited away or removed since is not there any more. */
function isStoredAs(entry: StoredEntry, command: Command, { erasedBy }: RoomModel): boolean {
	if (appendedKind(entry) !== command.kind) return false;
	if ("body" in command && !erasedBy.has(entry.seq) && (entry.kind === "erased" || entry.body !== command.body))
		return false;
	if (command.kind === "message") return entry.reply === (command.reply ?? null);
	if (entry.target !== command.target) return false;
	return command.kind !== "reaction" || (entry.emoji === command.emoji && Boolean(entry.isOn) === command.on);
}

/** Checks that what was sent one after the other on one connection, each once, is stored in that order. */
function checkOrderSent(user: string, room: string, sent: readonly SentCommand[], findings: Findings): void {
	const last = new Map<number, number>();
	for (const { connection, acks, refusals } of sent) {
		const ack = acks.find((one) => one.connection === connection);
		if (ack === undefined || refusals > 0) continue;
		const before = last.get(connection) ?? 0;
		if (ack.seq < before)
			findings.broken("outOfOrder", `${room}: ${user} sent ${ack.seq} after ${before}, on one connection.`);
		last.set(connection, Math.max(before, ack.seq));
	}
}

function nameOf(command: Command): string {
	if (command.kind === "message") return JSON.stringify(command.body.slice(0, 32));
	return `${command.kind} of ${command.target}`;
}
