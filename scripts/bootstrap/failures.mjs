/** A failure that is explained to the person at the terminal: what is wrong, and what to do about it. */
export class ExplainedFailure extends Error {
  name = 'ExplainedFailure';
}

/** The command was stopped from outside, for example with Ctrl-C. */
export class Interrupted extends Error {
  name = 'Interrupted';

  /** @param {NodeJS.Signals} signal what asked for the stop */
  constructor(signal) {
    super(`stopped by ${signal}`);
    this.exitCode = signal === 'SIGINT' ? 130 : 143;
  }
}

const causes = [
  {
    pattern: /ENOSPC|no space left on device/i,
    text: 'The disk is full. Free about 3 GB where this folder lies, then run the command again.',
  },
  {
    pattern: /EDQUOT|quota exceeded/i,
    text: 'The disk quota of this user is used up. Free about 3 GB, then run the command again.',
  },
  {
    pattern:
      /YN0028|lockfile would have been (modified|created) by this install/i,
    text: 'yarn.lock does not match the package.json files. Run the command without CI=true to bring it up to date, and commit the result.',
  },
  {
    pattern:
      /\bE40[137]\b|YN0041|(?:status|code|response)[^\n]{0,40}\b40[137]\b|Proxy Authentication Required|\b(?:401|403|407) (?:Unauthorized|Forbidden)/i,
    text: 'The package registry refused the request. Check the registry and its credentials (`npm config get registry`; YARN_NPM_REGISTRY_SERVER and YARN_NPM_AUTH_TOKEN for Yarn), or the proxy.',
  },
  {
    pattern:
      /self[- ]signed certificate|unable to (?:get local issuer|verify the first) certificate|CERT_[A-Z_]+/i,
    text: 'The certificate of the package registry is not trusted. Point NODE_EXTRA_CA_CERTS at the file with the certificate of your proxy or registry.',
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|EHOSTUNREACH|ETIMEDOUT|network (?:timeout|request failed)|RequestError/i,
    text: 'The package registry cannot be reached. Check the network connection and, behind a proxy, HTTPS_PROXY; then run the command again: what has been fetched is kept.',
  },
  {
    pattern: /EACCES|EPERM|EROFS|permission denied/i,
    text: 'A file cannot be written. Check that this folder belongs to the user who runs the command.',
  },
];

/**
 * Finds the cause that the output of a failed installer tells of.
 *
 * @param {string} output what the installer printed
 * @returns {string | undefined} a sentence with the remedy, or undefined where the output names no known cause
 */
export function explainInstallFailure(output) {
  return causes.find(({ pattern }) => pattern.test(output))?.text;
}
