/** Passkeys, recovery codes and devices, with the virtual authenticator of Chromium. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import type { CDPSession } from "playwright-core";
import { axeViolations } from "../view/testing/axe-violations.ts";
import { type BrowserTest, openBrowserTest } from "./browser-test.ts";
import type { TestUser } from "./test-user.ts";

/** The authenticator of a user's device. */
class Device {
	readonly #cdp: CDPSession;
	#id = "";

	private constructor(cdp: CDPSession) {
		this.#cdp = cdp;
	}

	static async of({ context, page }: TestUser): Promise<Device> {
		const device = new Device(await context.newCDPSession(page));
		await device.#cdp.send("WebAuthn.enable");
		await device.renew();
		return device;
	}

	/** Replaces the authenticator by an empty one. */
	async renew(): Promise<void> {
		if (this.#id !== "") await this.#cdp.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId: this.#id });
		const { authenticatorId } = await this.#cdp.send("WebAuthn.addVirtualAuthenticator", {
			options: {
				protocol: "ctap2",
				transport: "internal",
				hasResidentKey: true,
				hasUserVerification: true,
				isUserVerified: true,
				automaticPresenceSimulation: true,
			},
		});
		this.#id = authenticatorId;
	}

	/** Copies the passkeys of another device, as a password manager does. */
	async syncFrom(other: Device): Promise<void> {
		const { credentials } = await other.#cdp.send("WebAuthn.getCredentials", { authenticatorId: other.#id });
		for (const credential of credentials)
			await this.#cdp.send("WebAuthn.addCredential", { authenticatorId: this.#id, credential });
	}
}

const devicesOf = ({ page }: TestUser) => page.getByRole("region", { name: "Passkeys and devices" });

/** Adds a passkey in the open settings, by the keyboard. */
async function addPasskey(user: TestUser): Promise<void> {
	await devicesOf(user).getByRole("button", { name: "Add a passkey" }).press("Enter");
}

/** Opens the chat on another device, which is not signed in. */
async function onAnotherDevice(chat: BrowserTest): Promise<TestUser> {
	const user = await chat.newUser("Ada");
	await user.page.goto(`${urlOf(chat)}/r/kitchen`);
	return user;
}

/** Passkeys need a name as the address. */
const urlOf = ({ server }: BrowserTest) => server.url.replace("127.0.0.1", "localhost");

/** Joins as Ada, and adds a first passkey. Returns the user, their authenticator and the recovery codes. */
async function withPasskey(chat: BrowserTest) {
	const laptop = await chat.newUser("Ada");
	await laptop.join(urlOf(chat), "kitchen");
	const keys = await Device.of(laptop);
	await laptop.send("from the laptop");
	await laptop.hasStored(1);
	await laptop.openSettings();
	await addPasskey(laptop);
	await laptop.page.getByRole("heading", { name: "Your recovery codes" }).waitFor();
	const codes = await devicesOf(laptop).getByRole("code").allInnerTexts();
	return { laptop, keys, codes };
}

test("K1 K2 K3 a person adds a passkey and signs in with it on another device; others are refused the name", async (t) => {
	const chat = await openBrowserTest(t);
	const { laptop, keys, codes } = await withPasskey(chat);
	assert.equal(codes.length, 8);
	assert.deepEqual(await axeViolations(laptop.page), []);
	await devicesOf(laptop).getByRole("button", { name: "I have them" }).click();
	await addPasskey(laptop);
	await devicesOf(laptop).getByRole("alert").getByText("has a passkey of yours already").waitFor();

	const phone = await onAnotherDevice(chat);
	const phoneKeys = await Device.of(phone);
	await phoneKeys.syncFrom(keys);
	await phone.page.getByLabel("Your name").fill("Ada");
	await phone.page.getByRole("button", { name: "Join", exact: true }).click();
	await phone.page.getByText("the name of somebody with a passkey").first().waitFor();
	assert.deepEqual(await axeViolations(phone.page), []);
	await phone.page.getByRole("button", { name: "Sign in with a passkey" }).press("Enter");
	await phone.composer.waitFor();
	await phone.hasStored(1);
	await phone.sees("from the laptop");
});

test("K4 K5 K7 a person who lost a device comes back with a code, removes its passkey and signs it out", async (t) => {
	const chat = await openBrowserTest(t);
	const { laptop, keys, codes } = await withPasskey(chat);
	await keys.renew();
	await addPasskey(laptop);
	const removals = (user: TestUser) => devicesOf(user).getByRole("button", { name: /^Remove the passkey/ });
	await removals(laptop).nth(1).waitFor();

	const tablet = await onAnotherDevice(chat);
	await tablet.page.getByRole("button", { name: "Use a recovery code" }).click();
	await tablet.page.getByLabel("Recovery code").fill("0000-0000-0000-0000");
	await tablet.page.keyboard.press("Enter");
	await tablet.page.getByText("This code can't be used").first().waitFor();
	await tablet.page.getByLabel("Recovery code").fill(codes[0]!.toUpperCase());
	await tablet.page.keyboard.press("Enter");
	await tablet.composer.waitFor();
	await tablet.openSettings();
	await devicesOf(tablet).getByText("7 recovery codes left").waitFor();
	await removals(tablet).first().click();
	await removals(tablet).first().waitFor({ state: "detached" });
	await devicesOf(tablet).getByRole("button", { name: "Sign out all other devices" }).click();
	await laptop.page.getByRole("heading", { name: /^Join/ }).waitFor();
	await devicesOf(tablet).getByRole("button", { name: "Sign out all other devices" }).waitFor({ state: "detached" });
});

test("K8 a new name is on every device and in the room at once; earlier messages keep the former one", async (t) => {
	const chat = await openBrowserTest(t);
	const [ada, ben] = [await chat.newUser("Ada"), await chat.newUser("Ben")];
	for (const user of [ada, ben]) await user.join(chat.server.url, "kitchen");
	await ada.send("said before");
	await ben.sees("said before");
	const phone = await ada.context.newPage();
	await phone.goto(ada.page.url());
	await phone.locator(".account__name", { hasText: "Ada" }).waitFor();

	await ada.openSettings();
	const name = ada.page.getByLabel("Your name");
	await name.fill("Ben");
	await name.press("Enter");
	await ada.page.locator(".field__error", { hasText: 'is called "Ben" or similar' }).waitFor();
	await name.fill("Lin");
	await name.press("Enter");
	await ada.page.locator(".account__name", { hasText: "Lin" }).waitFor();
	await phone.locator(".account__name", { hasText: "Lin" }).waitFor();
	await ben.openPeople();
	await ben.page.locator(".person__name", { hasText: "Lin" }).waitFor();
	await ada.page.keyboard.press("Escape");
	await ada.send("said after");
	await ben.sees("said after");
	const authors = ben.timeline.locator("bdi");
	await authors.getByText("Ada").first().waitFor();
	await authors.getByText("Lin").first().waitFor();
});

test("K9 K10 a person downloads their data, deletes the account with its messages, and can't sign in again", async (t) => {
	const chat = await openBrowserTest(t);
	const [ada, ben] = [await chat.newUser("Ada"), await chat.newUser("Ben")];
	for (const user of [ada, ben]) await user.join(chat.server.url, "kitchen");
	await ada.send("about to go");
	await ben.sees("about to go");
	await ada.openSettings();
	const data = ada.page.getByRole("region", { name: "Your data" });
	const [download] = await Promise.all([
		ada.page.waitForEvent("download"),
		data.getByRole("link", { name: "Download my data" }).click(),
	]);
	const lines = readFileSync(await download.path(), "utf8")
		.trim()
		.split("\n");
	assert.deepEqual(JSON.parse(lines.at(-1)!), { end: true, messages: 1 });
	await data.getByRole("button", { name: "Delete my account" }).click();
	await data.getByText("Are deleted").click();
	await data.getByRole("button", { name: "Delete it now" }).click();
	await ada.page.getByRole("button", { name: "Join" }).waitFor();
	await ben.timeline.getByText("about to go", { exact: true }).waitFor({ state: "detached" });
	await ada.page.reload();
	await ada.page.getByRole("button", { name: "Join" }).waitFor();
});

test("K6 a link signs another device in, also of a guest; with a number as the address there are no passkeys", async (t) => {
	const chat = await openBrowserTest(t);
	const laptop = await chat.join("Ben", "kitchen");
	await laptop.send("from the laptop");
	await laptop.hasStored(1);
	await laptop.openSettings();
	await devicesOf(laptop).getByText("Passkeys need a name in the address").waitFor();
	assert.equal(await devicesOf(laptop).getByRole("button", { name: "Add a passkey" }).count(), 0);
	await devicesOf(laptop).getByRole("button", { name: "Sign in another device" }).click();
	await laptop.page.getByRole("img", { name: "QR code for another device" }).waitFor();
	const link = await laptop.page.getByLabel("Link for another device").inputValue();
	const phone = await chat.newUser("Ben");
	await phone.page.goto(link);
	await phone.page.getByRole("heading", { name: "Sign in on this device" }).waitFor();
	await phone.page.getByRole("button", { name: "Sign in" }).click();
	await phone.page.getByRole("button", { name: "Settings" }).waitFor();
	assert.equal(new URL(phone.page.url()).hash, "", "the code is no longer in the address");
	await phone.page.goto(`${chat.server.url}/r/kitchen`);
	await phone.hasStored(1);
	const late = await chat.newUser("Eve");
	await late.page.goto(link);
	await late.page.getByRole("button", { name: "Sign in" }).click();
	await late.page.getByText("This code can't be used").first().waitFor();
});
