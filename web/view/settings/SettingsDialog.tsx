import { signal, useSignal } from "@preact/signals";
import type { ChatModel } from "../../model/chat-model.ts";
import { isModerator } from "../../model/moderation.ts";
import { ChoiceField } from "../controls/ChoiceField.tsx";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Drawer } from "../controls/Drawer.tsx";
import { Drawing, Icon } from "../controls/Icon.tsx";
import { Loaded, LoadedDialog } from "../loading/Loaded.tsx";
import { adminDialog, inviting, ownDevices } from "../parts.ts";
import { applyDensity, type Density, storeDensity, storedDensity } from "./density-choice.ts";
import { OwnData } from "./OwnData.tsx";
import { OwnName } from "./OwnName.tsx";
import { returnKey, setReturnKey } from "./return-key.ts";
import { signOut } from "./sign-out.ts";
import { applyTheme, storedTheme, storeTheme, type Theme } from "./theme-choice.ts";

/** Paths on a 24 × 24 grid, as `Icon` has them. */
const PATHS = {
	dark: "M19.5 14.2A8 8 0 0 1 9.8 4.5a8 8 0 1 0 9.7 9.7z",
	light:
		"M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M5.6 18.4l1.1-1.1M17.3 6.7l1.1-1.1",
	signOut: "M12 3.5V12M7 6.3a7.5 7.5 0 1 0 10 0",
	system: "M4.5 5.5h15v10h-15zM9 19.5h6M12 15.5v4",
};

const theme = signal(storedTheme());
const density = signal(storedDensity());

function chooseTheme(chosen: Theme): void {
	theme.value = chosen;
	applyTheme(chosen);
	storeTheme(chosen);
}

function chooseDensity(chosen: Density): void {
	density.value = chosen;
	applyDensity(chosen);
	storeDensity(chosen);
}

/** The settings of this device, invitations for those who may invite, and the button to sign out. */
export function SettingsDialog({ chat, onClose }: { chat: ChatModel; onClose: () => void }) {
	const { session } = chat;
	const user = session.user.value;
	const isManaging = useSignal(false);
	return (
		<Drawer from="middle" label="Settings" onClose={onClose}>
			<div class="dialog__head">
				<h2 class="dialog__title">Settings</h2>
				<CloseButton onClick={onClose} />
			</div>
			<div class="settings">
				<ChoiceField
					legend="Theme"
					name="theme"
					choices={[
						{ value: "system", label: "System", icon: <Drawing path={PATHS.system} size={16} /> },
						{ value: "light", label: "Light", icon: <Drawing path={PATHS.light} size={16} /> },
						{ value: "dark", label: "Dark", icon: <Drawing path={PATHS.dark} size={16} /> },
					]}
					chosen={theme}
					onChoose={chooseTheme}
				/>
				<ChoiceField
					legend="Density"
					name="density"
					choices={[
						{ value: "comfortable", label: "Comfortable" },
						{ value: "compact", label: "Compact" },
					]}
					chosen={density}
					onChoose={chooseDensity}
				/>
				<ChoiceField
					legend="The Return key"
					name="return"
					choices={[
						{ value: "send", label: "Sends" },
						{ value: "newLine", label: "Starts a new line" },
					]}
					chosen={returnKey}
					onChoose={setReturnKey}
				/>
				{isModerator(user) && (
					<>
						<Loaded part={inviting}>
							{({ Inviting }) => <Inviting chat={chat} isOwner={user?.role === "owner"} />}
						</Loaded>
						<button
							class="button button--quiet"
							type="button"
							onClick={() => {
								isManaging.value = true;
							}}
						>
							<Icon name="people" />
							Manage the chat
						</button>
					</>
				)}
				<Loaded part={ownDevices}>{({ OwnDevices }) => <OwnDevices chat={chat} />}</Loaded>
				<OwnData chat={chat} />
				<div class="settings__account">
					<OwnName chat={chat} />
					<p class="settings__name">
						Signed in as <bdi>{user?.name}</bdi>
					</p>
					<button
						class="button button--quiet button--danger"
						type="button"
						onClick={() => {
							onClose();
							signOut(session);
						}}
					>
						<Drawing path={PATHS.signOut} />
						Sign out
					</button>
				</div>
			</div>
			{isManaging.value && (
				<LoadedDialog
					part={adminDialog}
					onClose={() => {
						isManaging.value = false;
					}}
				>
					{({ AdminDialog }) => (
						<AdminDialog
							chat={chat}
							onClose={() => {
								isManaging.value = false;
							}}
							onShow={onClose}
						/>
					)}
				</LoadedDialog>
			)}
		</Drawer>
	);
}
