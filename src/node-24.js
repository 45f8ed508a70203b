// Runs before everything else, so it is written for any Node there is: an older one cannot read our TypeScript, and would
// end in a syntax error that tells nobody what to do.
const NEEDED = 24;
const BROUGHT = ['linux x64', 'linux arm64', 'win32 x64', 'darwin x64']; // what package.json names, and the registry has

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
    ? `\`npm ci\` brings Node ${NEEDED} along here (${machine}) unless optional packages are left out: run \`npm ci\` without --omit=optional, and start with npm (\`npm start\`).`
    : `\`npm ci\` brings no Node ${NEEDED} for this kind of machine (${machine}): install it from https://nodejs.org/en/download, then run \`npm ci\` again, as native parts are made for the Node that installs them.`;
  return `Parley needs Node ${NEEDED} or newer, and this is ${version}. ${why}`;
}

const problem = nodeProblem(process.version, `${process.platform} ${process.arch}`);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}
