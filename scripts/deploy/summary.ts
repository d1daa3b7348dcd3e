import { costLines, severalCostLines } from "./cost.ts";

/**
 * Returns the address, the costs and the next commands after a deployment.
 * @param machines the number of machines with shared databases; `undefined` for one machine with a volume
 * @param volumes the volumes of the app, which machines with shared databases do not use
 */
export function summary(app: string, url: string, machines: number | undefined, volumes: { id: string }[]): string[] {
	const isShared = machines !== undefined;
	const backup = isShared
		? "pg_dump --schema=hubbub, through flyctl mpg proxy: scripts/deploy/README.md"
		: `npm run backup -- --app ${app} chat.db`;
	return [
		`${url} is live.`,
		"",
		...(isShared ? severalCostLines(machines) : costLines()),
		"",
		`  logs     flyctl logs -a ${app}`,
		`  check    npm run doctor -- ${url}`,
		`  backup   ${backup}`,
		`  admin    the admin token: flyctl ssh console -a ${app} -C "printenv ADMIN_TOKEN"`,
		`  update   npm run deploy -- --app ${app}`,
		`  remove   npm run deploy -- --app ${app} --destroy`,
		...(isShared && volumes.length > 0 ? leftVolumes(app, volumes) : []),
	];
}

function leftVolumes(app: string, volumes: { id: string }[]): string[] {
	return [
		"",
		"The volume from before still exists with its messages, and is billed.",
		...volumes.map(({ id }) => `To remove it: flyctl volumes destroy ${id} -a ${app}`),
	];
}
