import type { Connection } from "../wire/connection.ts";
import type { Wire } from "../wire/wire.ts";
import { bodyOf, numberOf } from "./body.ts";
import type { Room } from "./room.ts";
import type { Tally } from "./tally.ts";

export type Member = { close(): void };
/** A member that can speak, too. */
export type Speaker = Member & { say(n: number): void };

/** Joins over a bare line, and accounts for what it hears. */
export async function joinBare(wire: Wire, port: number, room: Room, tally: Tally, token?: string): Promise<Speaker> {
	const line = await wire.join(port, room.name, token);
	line.onLost = (why) => tally.fail(`A member of ${room.name} lost its line: ${why}.`);
	account(line, wire, room, tally);
	return {
		say: (n) => line.send(wire.message(room.name, bodyOf(n))),
		close: () => line.close(),
	};
}

function account(line: Connection, wire: Wire, room: Room, tally: Tally): void {
	const place = room.enter();
	line.listen(
		(bytes, start, end) => {
			if (room.hearFrame(place, bytes, start, end)) return;
			const heard = wire.hear(bytes.toString("utf8", start, end));
			if (heard.kind === "delivery") room.hearNew(place, bytes, start, end, heard.bodies);
			else if (heard.kind === "presence") tally.presencePackets++;
			else if (heard.kind === "ack") answered(heard.refusal, tally);
		},
		(bytes, from, to) => room.hearKnown(place, bytes, from, to),
	);
}

function answered(refusal: string | undefined, tally: Tally): void {
	if (refusal === undefined) tally.acked++;
	else tally.fail(`The server refused a message: ${refusal}`);
}

/** Joins with the library that people use with this server, and accounts for what it hears. */
export async function joinWithClient(
	wire: Wire,
	port: number,
	room: Room,
	tally: Tally,
	token?: string,
): Promise<Member> {
	const place = room.enter();
	return await wire.joinWithClient(
		port,
		room.name,
		{
			onBodies(bodies) {
				try {
					room.deliver(place, bodies.map(numberOf));
				} catch (error) {
					tally.fail((error as Error).message);
				}
			},
			onLost: (why) => tally.fail(`A client in ${room.name} lost its line: ${why}.`),
		},
		token,
	);
}
