import { attackersAddress } from "../tools/addresses.ts";
import { HttpCaller } from "../tools/http-caller.ts";
import { RawLine } from "../tools/raw-line.ts";
import type { Attack } from "./attack.ts";
import { emptyAccount } from "./attackers.ts";
import { againAndAgain } from "./rhythm.ts";

const ADDRESSES = 5;
/** So many may wait at the door per address, for so long. */
const AT_THE_DOOR = 100;
const AT_THE_DOOR_S = 10;

export const unackedHandshakes: Attack = {
	id: "handshakes",
	title: "Engine.IO handshakes from 5 addresses, over WebSocket and polling, that never say who they are",
	expected: "100 wait per address, for 10 s; one more is answered 403",
	growthMiB: 160,
	async run(field) {
		const account = emptyAccount("handshakes");
		const lines: RawLine[] = [];
		const callers = Array.from(
			{ length: ADDRESSES },
			(_, number) => new HttpCaller(field.url, attackersAddress(number), 8),
		);
		const take = (isIn: boolean) => {
			account.tried++;
			if (isIn) account.through++;
			else account.refused++;
		};
		await againAndAgain(field, 32, async (turn) => {
			const address = turn % ADDRESSES;
			if (turn % 2 === 0) {
				const { status } = await callers[address]!.call({ path: "/socket.io/?EIO=4&transport=polling" });
				return take(status === 200);
			}
			const line = new RawLine(field.url, attackersAddress(address));
			const isIn = (await line.upgrade()) === 101;
			take(isIn);
			if (isIn) lines.push(line);
			else line.destroy();
		});
		account.cut = lines.filter(({ isOpen }) => !isOpen).length;
		for (const line of lines) line.destroy();
		for (const caller of callers) caller.close();
		return account;
	},
	judge({ through }, seconds) {
		const most = ADDRESSES * AT_THE_DOOR * (1 + Math.ceil(seconds / AT_THE_DOOR_S));
		return through > most ? [`${through} handshakes were taken in; at most ${most} may wait in that time.`] : [];
	},
};
