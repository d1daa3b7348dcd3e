/**
 * On Linux all of 127.0.0.0/8 is this machine's: attackers and bystanders come from addresses of their own, so that each
 * is counted by their own deeds.
 */
const PER_GROUP = 250;

/** The attackers' address of this number, from 0. */
export function attackersAddress(number: number): string {
	return `127.66.${Math.floor(number / PER_GROUP)}.${1 + (number % PER_GROUP)}`;
}

/** The bystanders' address of this number, from 0. */
export function bystandersAddress(number: number): string {
	return `127.33.${Math.floor(number / PER_GROUP)}.${1 + (number % PER_GROUP)}`;
}
