/**
 * Reloads the page, once: a mark in `storage` (the tab's own) tells the page after the reload that it was done.
 * Answers false, and does nothing, where the mark is there already.
 */
export declare function reloadOnce(storage: Storage, reload: () => void): boolean;
