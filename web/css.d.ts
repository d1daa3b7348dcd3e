/** Style sheets are imported for what they do to the page; the build puts them together. */
declare module "*.css";
