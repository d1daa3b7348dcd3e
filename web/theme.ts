/** Applies the stored look. Runs in the document's head, before the first frame. */
import { applyDensity, storedDensity } from "./view/settings/density-choice.ts";
import { applyTheme, storedTheme } from "./view/settings/theme-choice.ts";

applyTheme(storedTheme());
applyDensity(storedDensity());
