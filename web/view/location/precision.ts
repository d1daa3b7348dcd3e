import type { Location } from "../../../app/protocol/message.ts";

/** How exact a shared location is. */
export type Precision = "about" | "exact";

/** About one kilometre of latitude, in degrees. */
const STEP_DEGREES = 0.01;
const ABOUT_METRES = 1_000;

/** Returns the location to send: for `about`, moved to a grid of one kilometre, so that it does not reveal an address. */
export function withPrecision(location: Location, precision: Precision): Location {
	if (precision === "exact") return location;
	const { longitude, accuracy = 0 } = location;
	const latitude = toGrid(location.latitude, STEP_DEGREES);
	// A degree of longitude gets shorter towards the poles. The moved latitude is used, so that nothing depends on the exact one.
	const cosine = Math.max(Math.cos((latitude * Math.PI) / 180), STEP_DEGREES);
	return {
		latitude,
		longitude: within180(toGrid(longitude, STEP_DEGREES / cosine)),
		accuracy: Math.max(ABOUT_METRES, Math.round(accuracy)),
	};
}

/** Keeps five decimals, about a metre: more would be noise of the calculation. */
function toGrid(degrees: number, step: number): number {
	return Number((Math.round(degrees / step) * step).toFixed(5));
}

function within180(longitude: number): number {
	return Math.min(180, Math.max(-180, longitude));
}
