import { costLines, severalCostLines } from "./cost.ts";

export type Deployed = {
	app: string;
	url: string;
	/** The number of machines with shared databases; undefined for one machine with a volume. */
	machines: number | undefined;
	/** The volumes of the app, which machines with shared databases do not use. */
	volumes: { id: string }[];
	/** The code of the claim link, known to the deployment that created the session secret. */
	claim: string | undefined;
};

/** Returns the address, the costs and the next commands after a deployment. */
export function summary({ app, url, machines, volumes, claim }: Deployed): string[] {
	const isShared = machines !== undefined;
	const backup = isShared
		? "pg_dump --schema=hubbub, through flyctl mpg proxy: scripts/deploy/README.md"
		: `npm run backup -- --app ${app} chat.db`;
	return [
		`${url} is live.`,
		...(claim === undefined ? [] : [`To become its owner, open ${url}/claim#${claim}`]),
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
