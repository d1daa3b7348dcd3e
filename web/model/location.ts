import type { Location, Refusal } from "../../app/protocol.ts";

const POSITION_TIMEOUT_MS = 20_000;
/** A position that the device found a moment ago is good enough. */
const POSITION_MAX_AGE_MS = 30_000;

export type Located = { ok: true; data: Location } | { ok: false; error: Refusal };
/** Asks the device where it is; only this asks for the permission. */
export type Locate = () => Promise<Located>;

/** Undefined where the device, or a page that was not served over https, has no geolocation. */
export function createLocate(geolocation: Pick<Geolocation, "getCurrentPosition"> | undefined): Locate {
	return () =>
		new Promise((resolve) => {
			if (!geolocation) return resolve(refuse("This device can't tell where it is. Sharing a location needs https."));
			geolocation.getCurrentPosition(
				({ coords }) => {
					const { latitude, longitude, accuracy } = coords;
					resolve({ ok: true, data: { latitude, longitude, ...(Number.isFinite(accuracy) && { accuracy }) } });
				},
				({ code }) => resolve(refuse(SENTENCES.get(code) ?? "Your location could not be found. Try again.")),
				{ timeout: POSITION_TIMEOUT_MS, maximumAge: POSITION_MAX_AGE_MS },
			);
		});
}

/** By the code of a GeolocationPositionError. */
const SENTENCES = new Map([
	[1, "Sharing your location was not allowed. You can allow it in the browser's settings for this page."],
	[2, "Your location could not be found. Try again where the device has reception."],
	[3, "Finding your location took too long. Try again."],
]);

function refuse(message: string): Located {
	return { ok: false, error: { code: "unavailable", message, retryable: true, field: "location" } };
}
