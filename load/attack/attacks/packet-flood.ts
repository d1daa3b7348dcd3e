import type { Attack } from "./attack.ts";
import { attackers, emptyAccount, enter } from "./attackers.ts";
import { againAndAgain } from "./rhythm.ts";

const AT_ONCE = 500;

export const packetFlood: Attack = {
	id: "packets",
	title: "packets of no event as fast as they go, on a line, and on the next when that is cut",
	expected: "cut",
	growthMiB: 192,
	async run(field) {
		const [who] = await attackers(field, 1);
		const account = emptyAccount("packets");
		await againAndAgain(field, 1, async () => {
			const line = await enter(field, who!);
			while (line.isOpen && !field.isOver) {
				for (let sent = 0; sent < AT_ONCE; sent++) line.emit("nonsense", sent);
				account.tried += AT_ONCE;
				await new Promise((resolve) => setImmediate(resolve));
			}
			if (!line.isOpen) account.cut++;
			line.close();
		});
		return account;
	},
	judge: ({ cut }) => (cut === 0 ? ["No line was cut."] : []),
};
