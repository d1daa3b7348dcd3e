import type { Ack } from "../../../app/protocol/refusal.ts";
import type { SessionData } from "../../../app/protocol/session.ts";
import { signIn } from "../../chaos/people/sign-in.ts";
import { attackersAddress } from "../tools/addresses.ts";
import { ChatLine } from "../tools/chat-line.ts";
import type { Account, Field } from "./attack.ts";

export type Attacker = { session: SessionData; from: string };

/** So many users, of whom so many come from one address; that is what the limit of sign-ins lets in at once. */
export async function attackers(field: Field, count: number, perAddress = 10): Promise<Attacker[]> {
	return await Promise.all(
		Array.from({ length: count }, async (_, number) => {
			const from = attackersAddress(Math.floor(number / perAddress));
			return { from, session: await signIn(field.url, `attacker ${number}`, from) };
		}),
	);
}

/** Opens a line; a bug of the attack's own where the server does not let it in. */
export async function enter(field: Field, { session, from }: Attacker): Promise<ChatLine> {
	const line = await ChatLine.open(field.url, from, session.token);
	if (line === undefined) throw new Error(`The attacker ${session.user.name} was not let in.`);
	return line;
}

/** Opens so many lines for each and brings all of them into a room. */
export async function enterRoom(
	field: Field,
	who: readonly Attacker[],
	each: number,
	room: string,
): Promise<ChatLine[]> {
	const lines = await Promise.all(who.flatMap((one) => Array.from({ length: each }, () => enter(field, one))));
	for (const line of lines) {
		const ack = await line.ask("room:join", { room });
		if (!ack?.ok) throw new Error(`An attacker could not join: ${ack?.error.message ?? "the line was cut"}`);
	}
	return lines;
}

export function emptyAccount(of: string): Account {
	return { of, tried: 0, through: 0, refused: 0, cut: 0 };
}

/** Counts what an ack says. */
export function count(account: Account): (ack: Ack<never> | undefined) => void {
	return (ack) => {
		if (ack?.ok) account.through++;
		else if (ack) account.refused++;
	};
}
