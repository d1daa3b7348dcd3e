import { randomBytes } from "node:crypto";

/** Nine bytes are twelve characters of base64url. */
const EPOCH_BYTES = 9;

export function newEpoch(): string {
	return randomBytes(EPOCH_BYTES).toString("base64url");
}
