/** Words of an URL that carry a password or a key, in the form `scheme://user:password@`. */
const credentials = /\b([a-z][a-z0-9+.-]*:\/\/)[^\s/@]*@/gi;

/** Variables of the environment whose values are secret. */
const secretVariables = ["AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"];

/**
 * Takes passwords and keys out of a text: those of URLs, the secrets of the environment and further ones.
 *
 * @param secrets further texts that must not be seen; empty ones are ignored.
 */
export function redactSecrets(text: string, secrets: readonly string[] = []): string {
  let shown = text.replace(credentials, "$1");
  const known = [...secrets, ...secretVariables.map((name) => process.env[name] ?? "")];
  for (const secret of known) if (secret.length > 3) shown = shown.replaceAll(secret, "***");
  return shown;
}
