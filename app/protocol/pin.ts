/** `pin:set`. Idempotent by value. */
export type PinPayload = { room: string; target: number; clientId: string; on: boolean };
