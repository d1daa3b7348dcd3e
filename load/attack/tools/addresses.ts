/** Linux has all of 127.0.0.0/8: attackers and bystanders have addresses of their own, and so limits of their own. */
const PER_GROUP = 250;

/** Returns the address of an attacker, by number from 0. */
export function attackersAddress(number: number): string {
	return `127.66.${Math.floor(number / PER_GROUP)}.${1 + (number % PER_GROUP)}`;
}

/** Returns the address of a bystander, by number from 0. */
export function bystandersAddress(number: number): string {
	return `127.33.${Math.floor(number / PER_GROUP)}.${1 + (number % PER_GROUP)}`;
}
