const KEY = "hubbub.reloadedAt";
/** A reload within this time would repeat forever if the page stays too old. */
const MIN_INTERVAL_MS = 10 * 60_000;

/**
 * Reloads the page and records the time in `storage` (the tab's own). Returns false, without reloading, if the last
 * reload is less than ten minutes ago or the time cannot be recorded.
 */
export function reloadOnce(storage: () => Pick<Storage, "getItem" | "setItem">, reload: () => void): boolean {
	try {
		if (Date.now() - Number(storage().getItem(KEY)) < MIN_INTERVAL_MS) return false;
		storage().setItem(KEY, String(Date.now()));
	} catch {
		return false;
	}
	reload();
	return true;
}
