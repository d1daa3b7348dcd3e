/** Writes times for people. Made once for a locale and a zone, because the formats are costly to make. */
export type Times = {
	/** "14:03" */
	short(at: number): string;
	/** "Saturday, 21 November 2026 at 14:03:07", for whoever asks exactly. */
	exact(at: number): string;
	/** "Today", "Yesterday", "Monday, 16 November", with the year where it is another one. */
	day(at: number, now: number): string;
	/** The same for all moments of one day, and for no other. */
	dayKey(at: number): string;
};

/** The reader's own locale and zone unless told. */
export function createTimes(locale?: string, timeZone?: string): Times {
	const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
	const short = format({ hour: "2-digit", minute: "2-digit" });
	const exact = format({ dateStyle: "full", timeStyle: "medium" });
	const thisYear = format({ weekday: "long", day: "numeric", month: "long" });
	const otherYear = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
	// The Swedish way of writing a date is the ISO one.
	const iso = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" });
	const dayKey = (at: number) => iso.format(at);

	return {
		short: (at) => short.format(at),
		exact: (at) => exact.format(at),
		dayKey,
		day(at, now) {
			const day = dayKey(at);
			const today = dayKey(now);
			if (day === today) return "Today";
			if (day === dayBefore(today)) return "Yesterday";
			return (day.slice(0, 4) === today.slice(0, 4) ? thisYear : otherYear).format(at);
		},
	};
}

/** By the calendar: a day is not always 24 hours long. */
function dayBefore(dayKey: string): string {
	const date = new Date(`${dayKey}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() - 1);
	return date.toISOString().slice(0, 10);
}
