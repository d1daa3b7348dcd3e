import type { Location } from "../../../app/protocol/message.ts";

/** About ten centimetres. */
const DEGREE_DIGITS = 6;
const MAP_ZOOM = 16;
/** A location that is this inexact, in metres, is shown on a map of its surroundings. */
const INEXACT_METRES = 1_000;
const INEXACT_ZOOM = 13;

/** Returns the URL of a marker on OpenStreetMap. */
export function mapUrl({ latitude, longitude, accuracy }: Location): string {
	const lat = latitude.toFixed(DEGREE_DIGITS);
	const lon = longitude.toFixed(DEGREE_DIGITS);
	return `https://www.openstreetmap.org/?mlat=${lat}&mlon=${lon}#map=${isInexact(accuracy) ? INEXACT_ZOOM : MAP_ZOOM}/${lat}/${lon}`;
}

/** Returns the URL that opens the map app of the device. */
export function geoUrl({ latitude, longitude }: Location): string {
	const position = `${latitude.toFixed(DEGREE_DIGITS)},${longitude.toFixed(DEGREE_DIGITS)}`;
	return `geo:${position}?q=${position}`;
}

/** Returns for example "52.5200° N, 13.4050° E, ± 12 m". */
export function describeLocation(location: Location): string {
	const { accuracy } = location;
	return `${describePosition(location)}${accuracy === undefined ? "" : `, ± ${distance(accuracy)}`}`;
}

/** Returns for example "52.5200° N, 13.4050° E", with fewer digits if the location is inexact. */
export function describePosition({ latitude, longitude, accuracy }: Location): string {
	const digits = isInexact(accuracy) ? 2 : 4;
	return `${degrees(latitude, digits, "N", "S")}, ${degrees(longitude, digits, "E", "W")}`;
}

function isInexact(accuracy = 0): boolean {
	return accuracy >= INEXACT_METRES;
}

function degrees(value: number, digits: number, positive: string, negative: string): string {
	return `${Math.abs(value).toFixed(digits)}° ${value < 0 ? negative : positive}`;
}

function distance(metres: number): string {
	return metres < 1_000 ? `${Math.ceil(metres)} m` : `${Math.ceil(metres / 1_000)} km`;
}
