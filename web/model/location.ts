import type { Location } from "../../app/protocol/message.ts";
import type { Refusal } from "../../app/protocol/refusal.ts";

const POSITION_TIMEOUT_MS = 20_000;
/** Accepts a position that the device has cached for this long. */
const POSITION_MAX_AGE_MS = 30_000;

export type LocateResult = { ok: true; data: Location } | { ok: false; error: Refusal };
/** Requests the position from the device, and the permission for it. */
export type Locate = () => Promise<LocateResult>;

/** `geolocation` is undefined on devices without it and on pages without https. */
export function createLocate(geolocation: Pick<Geolocation, "getCurrentPosition"> | undefined): Locate {
	return () =>
		new Promise((resolve) => {
			if (!geolocation)
				return resolve(refuse("Location sharing isn't available here. It needs a secure (https) page."));
			geolocation.getCurrentPosition(
				({ coords }) => {
					const { latitude, longitude, accuracy } = coords;
					resolve({ ok: true, data: { latitude, longitude, ...(Number.isFinite(accuracy) && { accuracy }) } });
				},
				({ code }) => resolve(refuse(SENTENCES.get(code) ?? "Couldn't find your location. Try again.")),
				{ timeout: POSITION_TIMEOUT_MS, maximumAge: POSITION_MAX_AGE_MS },
			);
		});
}

/** By `GeolocationPositionError.code`. */
const SENTENCES = new Map([
	[1, "Location access is blocked. Allow it for this page in your browser's settings."],
	[2, "Couldn't find your location. Try again where you have a signal."],
	[3, "Finding your location took too long. Try again."],
]);

function refuse(message: string): LocateResult {
	return { ok: false, error: { code: "unavailable", message, retryable: true, field: "location" } };
}
