/** A phase of an Artillery script. */
export type Phase = { name: string; duration: number; arrivalRate: number };

/**
 * Arrival rates whose interval is a whole number of microseconds. Artillery rounds the interval down, and at any other
 * rate too many users would arrive (`arrivals`, index.js: UniformProcess).
 */
const EXACT_RATES = [1, 2, 4, 5, 8, 10, 20, 25, 40, 50, 100, 125, 200, 250, 500, 1_000];

/** Returns phases in which exactly `users` arrive, shared evenly by the threads, at no more than about `perSecond`. */
export function arrivalPhases(users: number, perSecond: number, workers: number): Phase[] {
	const perWorker = EXACT_RATES.findLast((rate) => rate * workers <= perSecond) ?? 1;
	const arrivalRate = perWorker * workers;
	const duration = Math.floor(users / arrivalRate);
	const rest = users - duration * arrivalRate;
	const phases: Phase[] = [];
	if (duration > 0) phases.push({ name: "arrivals", duration, arrivalRate });
	if (rest > 0) phases.push({ name: "remaining arrivals", duration: 1, arrivalRate: rest });
	return phases;
}
