import { Findings } from "../../kit/suite/findings.ts";
import { checkLog } from "./check-log.ts";
import { checkReceived } from "./check-received.ts";
import { checkSent } from "./check-sent.ts";
import { checkStates } from "./check-states.ts";
import type { StoredRooms, UserHistory } from "./history.ts";
import { RoomModel } from "./room-model.ts";

/** Compares what every user has sent, received and read with the store. */
export function checkHistories(histories: readonly UserHistory[], rooms: StoredRooms): Findings {
	const findings = new Findings();
	const names = new Set([...rooms.keys(), ...histories.map(({ room }) => room)]);
	for (const room of names) {
		const users = histories.filter((history) => history.room === room);
		const stored = rooms.get(room) ?? [];
		const model = new RoomModel(stored, users);
		checkLog(room, stored, model, findings);
		for (const history of users) {
			checkSent(history, model, findings);
			checkReceived(history, model, findings);
			checkStates(history, model, findings);
		}
	}
	return findings;
}
