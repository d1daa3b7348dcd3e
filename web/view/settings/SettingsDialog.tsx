import { signal } from "@preact/signals";
import type { ChatModel } from "../../model/chat-model.ts";
import { ChoiceField } from "../controls/ChoiceField.tsx";
import { CloseButton } from "../controls/CloseButton.tsx";
import { Drawer } from "../controls/Drawer.tsx";
import { Icon } from "../controls/Icon.tsx";
import { Loaded } from "../loading/Loaded.tsx";
import { inviting } from "../parts.ts";
import { applyDensity, type Density, storeDensity, storedDensity } from "./density-choice.ts";
import { returnKey, setReturnKey } from "./return-key.ts";
import { signOut } from "./sign-out.ts";
import { applyTheme, storedTheme, storeTheme, type Theme } from "./theme-choice.ts";

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
	const role = session.user.value?.role;
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
						{ value: "system", label: "System", icon: "system" },
						{ value: "light", label: "Light", icon: "light" },
						{ value: "dark", label: "Dark", icon: "dark" },
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
				{(role === "owner" || role === "moderator") && (
					<Loaded part={inviting}>{({ Inviting }) => <Inviting chat={chat} isOwner={role === "owner"} />}</Loaded>
				)}
				<div class="settings__account">
					<p class="settings__name">
						Signed in as <bdi>{session.user.value?.name}</bdi>
					</p>
					<button
						class="button button--quiet button--danger"
						type="button"
						onClick={() => {
							onClose();
							signOut(session);
						}}
					>
						<Icon name="signOut" />
						Sign out
					</button>
				</div>
			</div>
		</Drawer>
	);
}
