import type { Headroom } from "../../../app/protocol/headroom.ts";

const number = new Intl.NumberFormat("en");

/** Says in one sentence how much more the chat holds. */
export function headroomSentence({ now, day, capacity }: Headroom): string {
	const here = `${countOf(now.connections)} now, ${number.format(day.connections)} at most in the last day`;
	if (capacity === undefined || capacity.users === 0)
		return `${here}. How many the chat holds is not known: npm run load -- --find-capacity measures it.`;
	const share = Math.round((day.connections / capacity.users) * 100);
	return `${here}. The chat holds about ${number.format(capacity.users)}: ${share} % of that was in use at most.`;
}

function countOf(connections: number): string {
	return connections === 1 ? "1 connection" : `${number.format(connections)} connections`;
}
