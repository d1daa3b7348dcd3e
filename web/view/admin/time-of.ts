/** Returns a day and a time, such as "4 Dec, 16:00". */
export function timeOf(time: number): string {
	return new Date(time).toLocaleString("en-GB", { day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
}
