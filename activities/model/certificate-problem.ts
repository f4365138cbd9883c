const unknownAuthority =
  'comes from an authority that is not known here: set NODE_EXTRA_CA_CERTS to its certificate, if you trust it';

/** What OpenSSL and Node call the faults of a certificate that people can do something about. */
const problems: Readonly<Record<string, string>> = {
  CERT_HAS_EXPIRED: 'has expired: renew it, or set this machine’s clock right',
  CERT_NOT_YET_VALID: 'is not valid yet: set this machine’s clock right',
  CERT_REVOKED: 'was revoked: do not trust that server',
  DEPTH_ZERO_SELF_SIGNED_CERT: unknownAuthority,
  SELF_SIGNED_CERT_IN_CHAIN: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT: unknownAuthority,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: unknownAuthority,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: unknownAuthority,
  ERR_TLS_CERT_ALTNAME_INVALID: 'is for another name',
};

/** Half a sentence about a server's certificate; undefined where the code is of something else. */
export function certificateProblem(code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  return problems[code] ?? (/CERT|_CRL|_SIGNATURE/.test(code) ? 'cannot be trusted' : undefined);
}
