import manifest from '../package.json' with { type: 'json' };

/** The version of this bot, as metrics and other processes of a cluster see it. */
export const VERSION: string = manifest.version;
