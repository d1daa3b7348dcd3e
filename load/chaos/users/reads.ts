import type { AroundData, HistoryData } from "../../../app/protocol/message.ts";
import type { Ack } from "../../../app/protocol/refusal.ts";
import type { ChatClient } from "../../kit/client.ts";
import type { Random } from "../../kit/random.ts";
import type { ReadPage } from "../check/history.ts";
import type { ReceivedLog } from "./received-log.ts";

const READ_TIMEOUT_MS = 30_000;
const MAX_PAGE = 100;
const SHORT_PAGE = 20;
/** Of a whole history that is read while others read theirs. */
const RETRY_MS = 200;

/** Reads a page before or around a random message. A page that is refused, or whose connection is lost, is not read again. */
export function readRandomPage(socket: ChatClient, room: string, received: ReceivedLog, random: Random): void {
	const seq = random.between(1, received.seq + 1);
	const limit = SHORT_PAGE;
	if (random.chance(0.5))
		socket.emit("message:history", { room, before: seq, limit }, (ack) => readBefore(seq, ack, received));
	else
		socket.emit("message:around", { room, seq, limit }, (ack) => {
			if (ack.ok) received.read(aroundPage(ack.data));
		});
}

/**
 * Reads the newest page, or page by page the whole history. Resolves with whether the server answered; a refusal for the
 * rate of reads is waited out.
 */
export async function readPages(
	socket: ChatClient,
	room: string,
	received: ReceivedLog,
	isWhole: boolean,
): Promise<boolean> {
	let before = Number.MAX_SAFE_INTEGER;
	for (;;) {
		const request = { room, before, limit: MAX_PAGE };
		const ack = await socket
			.timeout(READ_TIMEOUT_MS)
			.emitWithAck("message:history", request)
			.catch(() => undefined);
		if (ack === undefined) return false;
		if (!ack.ok) {
			if (ack.error.code !== "rate_limited") return false;
			await new Promise((resolve) => setTimeout(resolve, ack.error.retryAfterMs ?? RETRY_MS));
			continue;
		}
		readBefore(before, ack, received);
		const [oldest] = ack.data.messages;
		if (!isWhole || !ack.data.more || oldest === undefined) return true;
		before = oldest.seq;
	}
}

function readBefore(before: number, ack: Ack<HistoryData>, received: ReceivedLog): void {
	if (!ack.ok) return;
	const { messages, more, seq: head } = ack.data;
	received.read(pageOf({ messages, head, more, to: before - 1 }));
}

function aroundPage({ messages, more, moreAfter, seq: head }: AroundData): ReadPage {
	const last = messages.at(-1)?.seq ?? 0;
	return pageOf({ messages, head, more, to: moreAfter ? last : head });
}

function pageOf({ messages, head, more, to }: Omit<ReadPage, "from"> & { more: boolean }): ReadPage {
	return { from: more ? (messages[0]?.seq ?? to + 1) : 1, to, head, messages };
}
