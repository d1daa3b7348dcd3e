/** Formats times for one locale and time zone. Creating the formats is slow, so create it once. */
export type TimeFormat = {
	/** "14:03" */
	short(at: number): string;
	/** "Saturday, 21 November 2026 at 14:03:07" */
	exact(at: number): string;
	/** "Today", "Yesterday", "Monday, 16 November", with the year for other years. */
	day(at: number, now: number): string;
	/** "2026-11-21", the same for all times of a day. */
	dayKey(at: number): string;
};

/** Default: the locale and time zone of the browser. */
export function createTimeFormat(locale?: string, timeZone?: string): TimeFormat {
	const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone, ...options });
	const short = format({ hour: "2-digit", minute: "2-digit" });
	const exact = format({ dateStyle: "full", timeStyle: "medium" });
	const thisYear = format({ weekday: "long", day: "numeric", month: "long" });
	const otherYear = format({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
	// Swedish dates are in ISO format.
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

/** Uses the calendar, because a day may have 23 or 25 hours. */
function dayBefore(dayKey: string): string {
	const date = new Date(`${dayKey}T00:00:00Z`);
	date.setUTCDate(date.getUTCDate() - 1);
	return date.toISOString().slice(0, 10);
}
