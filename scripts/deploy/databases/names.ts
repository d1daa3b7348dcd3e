/** What the app's databases are called on Fly.io; they are found again by these names. */

export function clusterName(app: string): string {
	return `${app}-db`;
}

export function valkeyName(app: string): string {
	return `${app}-valkey`;
}

/** Where Valkey answers: only the organisation's private network knows this name. */
export function valkeyHost(app: string): string {
	return `${valkeyName(app)}.internal:6379`;
}
