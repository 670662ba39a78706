/** Calls of PyJWT and python-jose that read a token and its claims. */
export const TOKEN_DECODERS: readonly string[] = [
  "jwt.decode",
  "jwt.decode_complete",
  "jwt.api_jwt.decode",
  "jwt.api_jwt.decode_complete",
  "jwt.PyJWT().decode",
  "jwt.PyJWT().decode_complete",
  "jwt.api_jwt.PyJWT().decode",
  "jose.jwt.decode",
];
