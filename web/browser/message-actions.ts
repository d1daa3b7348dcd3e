import type { Locator } from "playwright-core";
import type { TestUser } from "./test-user.ts";

export const rows = ({ timeline }: TestUser) => timeline.getByRole("article");
export const editor = ({ page }: TestUser) => page.getByRole("textbox", { name: "Edit message" });
export const picker = ({ page }: TestUser) => page.getByRole("dialog", { name: "Emoji" });
export const toolbar = ({ page }: TestUser) => page.getByRole("toolbar", { name: "Actions for this message" });
/** A reaction, by its accessible name. */
export const pill = ({ timeline }: TestUser, name: string) => timeline.getByRole("button", { name, exact: true });

export function hasFocus(locator: Locator): Promise<boolean> {
	return locator.evaluate((element) => element === document.activeElement);
}

/** Waits until the actions are loaded, in idle time. */
export async function actionsLoaded(user: TestUser): Promise<void> {
	await rows(user).last().hover();
	await toolbar(user).waitFor();
	await user.page.mouse.move(1, 1);
	await toolbar(user).waitFor({ state: "detached" });
}
