/** The manifest of the package names a wrong type file, so this declares the one function that is used. */
declare module "unicode-confusables" {
	const confusables: { rectifyConfusion(text: string): string };
	export default confusables;
}
