const MARK = "hubbub.reloadedAt";
/** A page that is still too old right after a reload would go on for ever. */
const AGAIN_AFTER_MS = 10 * 60_000;

/**
 * Reloads the page and leaves a mark in `storage` (the tab's own). Answers false, and does nothing, where that was done
 * a short while ago, or where no mark can be left.
 */
export function reloadOnce(storage: () => Pick<Storage, "getItem" | "setItem">, reload: () => void): boolean {
	try {
		if (Date.now() - Number(storage().getItem(MARK)) < AGAIN_AFTER_MS) return false;
		storage().setItem(MARK, String(Date.now()));
	} catch {
		return false;
	}
	reload();
	return true;
}
