/** The limits as they come: `NAME=` means "not set". The faults' server has them lifted, this one does not. */
export const DEFAULT_LIMITS: Readonly<Record<string, string>> = Object.fromEntries(
	[
		"LIMIT_MESSAGES_PER_S",
		"LIMIT_PACKETS_PER_S",
		"LIMIT_JOINS_PER_S",
		"LIMIT_READS_PER_S",
		"LIMIT_SESSIONS_PER_S",
		"LIMIT_CONNECTIONS_PER_USER",
		"LIMIT_CONNECTIONS_PER_ADDRESS",
	].map((name) => [name, ""]),
);
