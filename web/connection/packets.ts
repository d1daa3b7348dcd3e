import type { Refusal } from "../../app/protocol/refusal.ts";

/** The packets of Engine.IO 4 that a WebSocket carries, and those of Socket.IO 5 in them ("4" and a digit), without binary data. */
export const PACKET = {
	open: "0",
	close: "1",
	ping: "2",
	pong: "3",
	noop: "6",
	connect: "40",
	disconnect: "41",
	event: "42",
	ack: "43",
	connectError: "44",
} as const;

export type PacketType = (typeof PACKET)[keyof typeof PACKET];

/** `id`: of an event that is acknowledged, and of its ack. */
export type Packet = { type: PacketType; id?: number | undefined; content?: unknown };

const TYPES = new Set<string>(Object.values(PACKET));

export function packetOf(type: PacketType, content: unknown, id?: number): string {
	return `${type}${id ?? ""}${JSON.stringify(content)}`;
}

/** Returns undefined for what is not such a packet. */
export function parsePacket(data: unknown): Packet | undefined {
	if (typeof data !== "string") return undefined;
	const type = data.slice(0, data[0] === "4" ? 2 : 1);
	if (!TYPES.has(type)) return undefined;
	const [, id, json] = /^(\d*)(.*)$/s.exec(data.slice(type.length))!;
	try {
		const content = json === "" ? undefined : JSON.parse(json!);
		const hasList = type === PACKET.event || type === PACKET.ack;
		if (hasList && !Array.isArray(content)) return undefined;
		return { type: type as PacketType, id: id === "" ? undefined : Number(id), content };
	} catch {
		return undefined;
	}
}

/** Returns the refusal of a rejected handshake; undefined for anything else, such as a proxy's error page. */
export function asRefusal(data: unknown): Refusal | undefined {
	return typeof data === "object" && data !== null && "code" in data ? (data as Refusal) : undefined;
}
