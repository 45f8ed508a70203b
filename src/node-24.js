// Runs before everything else, so it is written for any version of Node: an older one cannot read our TypeScript, and
// would end with a syntax error that tells nobody what to do.
const NEEDED = 24;
const BROUGHT = ['linux x64', 'linux arm64', 'win32 x64', 'darwin x64']; // package.json has a Node for each

/**
 * Why Parley cannot run on this Node, and what to do; `undefined` when it can.
 *
 * @param {string} version - as `v20.20.2`
 * @param {string} machine - as `darwin arm64`
 * @returns {string | undefined}
 */
export function nodeProblem(version, machine) {
  const major = Number.parseInt(version.replace(/^v/, ''), 10);
  if (major >= NEEDED) return undefined;
  const why = BROUGHT.includes(machine)
    ? `\`npm ci\` installs Node ${NEEDED} for this machine (${machine}) unless optional packages are left out: run \`npm ci\` without --omit=optional, and start with npm (\`npm start\`).`
    : `\`npm ci\` cannot install Node ${NEEDED} for this machine (${machine}): install it from https://nodejs.org/en/download, then run \`npm ci\` again, as native parts are compiled for the Node that installs them.`;
  return `Parley needs Node ${NEEDED} or newer, and this is ${version}. ${why}`;
}

const problem = nodeProblem(process.version, `${process.platform} ${process.arch}`);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
