/** A rule as a repository has its own, in `.github/safepath/rules/repo-acme-client.yml`. */
export const OWN_RULE = `id: repo-acme-client
section: secure-defaults
title: Acme's client without a check of the certificate
level: error
cwe: CWE-295
message: "\`{callee}\` accepts any certificate."
why: Anybody on the way can answer in the server's name.
remedy: Leave \`verify\` as it is.
match:
  call:
    callee: [acme_client.Client]
    where: [{ keyword: verify, equals: false }]
`;
