/** A room needs two people for a conversation. */
const MIN_MEMBERS = 2;

/**
 * Returns how many of `users` each of `rooms` has, the largest first: a few rooms are large and most are small. The room at
 * place k has a share in proportion to 1/k (Zipf's law), which the sizes of groups follow in many networks.
 */
export function variedSizes(users: number, rooms: number): number[] {
	const least = Math.min(MIN_MEMBERS, Math.floor(users / rooms));
	const toShare = users - least * rooms;
	const shares = Array.from({ length: rooms }, (_, index) => 1 / (index + 1));
	const total = shares.reduce((sum, share) => sum + share, 0);
	const sizes = shares.map((share) => least + Math.floor((toShare * share) / total));
	const rest = users - sizes.reduce((sum, size) => sum + size, 0);
	// Rounding leaves fewer users than there are rooms.
	return sizes.map((size, index) => (index < rest ? size + 1 : size));
}
