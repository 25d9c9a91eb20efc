// A provider whose tokens are wrong, each in one way. The code says how: LIE.NONCE gets a token with
// that nonce and that lie; `truth.NONCE` gets a good one.
//
//   node liar.mjs     prints "issuer http://127.0.0.1:PORT" when it is ready
import { createServer } from 'node:http';
import { SignJWT, UnsecuredJWT, exportJWK, generateKeyPair } from 'jose';

const good = await generateKeyPair('RS256');
const other = await generateKeyPair('RS256');
const jwk = { ...(await exportJWK(good.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
const secret = new TextEncoder().encode('a-secret-of-the-tests'.padEnd(32, '.'));

const server = createServer();
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const token = async (lie, nonce) => {
  const now = Math.floor(Date.now() / 1000);
  const claims = {
    iss: issuer,
    aud: 'workbook',
    sub: 'amira-at-the-council',
    nonce,
    iat: now,
    exp: now + 300,
  };
  const lies = {
    truth: {},
    issuer: { iss: 'http://127.0.0.1:1' },
    audience: { aud: 'another-client' },
    audiences: { aud: ['workbook', 'another-client'] },
    nonce: { nonce: 'of-another-attempt' },
    nononce: { nonce: undefined },
    expired: { iat: now - 600, exp: now - 150 },
    old: { iat: now - 3600 },
    future: { iat: now + 600, exp: now + 900 },
    behind: { iat: now - 90, exp: now + 210 },
    ahead: { iat: now + 90, exp: now + 390 },
    justover: { iat: now - 330, exp: now - 30 },
    unlinked: { sub: 'a-stranger' },
    email: { sub: 'a-stranger', email: 'amira', preferred_username: 'amira' },
  };
  const payload = { ...claims, ...lies[lie] };
  if (lie === 'none') return new UnsecuredJWT(payload).encode();
  if (lie === 'hmac') {
    return new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(secret);
  }
  const key = lie === 'key' ? other : good;
  const header = { alg: 'RS256', kid: 'one' };
  return new SignJWT(payload).setProtectedHeader(header).sign(key.privateKey);
};

server.on('request', async (request, response) => {
  const answer = (body, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body));
  };
  if (request.url === '/.well-known/openid-configuration') {
    answer({
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['RS256'],
    });
  } else if (request.url === '/jwks') {
    answer({ keys: [jwk] });
  } else if (request.url === '/token') {
    let form = '';
    for await (const part of request) form += part;
    const [lie, nonce] = new URLSearchParams(form).get('code').split('.');
    const id_token = await token(lie, nonce);
    answer({ access_token: 'x', token_type: 'Bearer', expires_in: 300, id_token });
  } else {
    answer({}, 404);
  }
});
console.log(`issuer ${issuer}`);
