import { costLines, severalCostLines } from "./cost.ts";

/**
 * What somebody needs to know once it is live.
 * @param machines how many share their databases; `undefined` for one with a volume
 * @param volumes those that it has; machines that share their databases have no use for them
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
		`  look     npm run doctor -- ${url}`,
		`  backup   ${backup}`,
		`  notices  want the admin token: flyctl ssh console -a ${app} -C "printenv ADMIN_TOKEN"`,
		`  update   npm run deploy -- --app ${app}`,
		`  remove   npm run deploy -- --app ${app} --destroy`,
		...(isShared && volumes.length > 0 ? leftVolumes(app, volumes) : []),
	];
}

function leftVolumes(app: string, volumes: { id: string }[]): string[] {
	return [
		"",
		"The volume of the time with one machine is still there, with what was said until then, and is billed.",
		...volumes.map(({ id }) => `Once you need it no more: flyctl volumes destroy ${id} -a ${app}`),
	];
}
