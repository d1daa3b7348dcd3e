import type { ChangedUser, UserStore } from "../room/ports/users.ts";

/** Returns the changes of users of a store in memory. `store/` has the real ones. */
export function memoryUsers(): UserStore {
	const changed = new Map<string, ChangedUser>();
	let rev = 0;
	return {
		async rename({ user }) {
			changed.delete(user.id);
			changed.set(user.id, { ...user, rev: ++rev });
			return true;
		},
		async remove(id) {
			changed.delete(id);
			changed.set(id, { id, rev: ++rev });
			return true;
		},
		messagePlaces: async () => ({ places: [] }),
		changedUsers: async (after) => [...changed.values()].filter((user) => user.rev > after),
	};
}
