/** Returns the time, in milliseconds since 1970, at which a day ("2026-11-21") begins here; undefined for other texts. */
export function startOfDay(day: string): number | undefined {
	const [, year, month, date] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day) ?? [];
	if (year === undefined) return undefined;
	return new Date(Number(year), Number(month) - 1, Number(date)).getTime();
}
