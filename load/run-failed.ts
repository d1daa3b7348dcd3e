/** A run came to nothing. The message says why, for people: no stack would help them. */
export class RunFailed extends Error {}
