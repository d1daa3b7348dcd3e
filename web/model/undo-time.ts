/** Time in which a removal, leaving a room and signing out can be undone, in milliseconds. */
export const UNDO_MS = 5_000;
