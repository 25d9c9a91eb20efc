// A real OpenID provider (npm oidc-provider) for the tests. It signs in whoever the test names by
// POST /as/NAME, without asking: what is tested is the server, not a form.
//
//   node provider.mjs REDIRECT_URI     prints "issuer http://127.0.0.1:PORT" when it is ready
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const [redirect] = process.argv.slice(2);
let person = 'nobody';

const server = createServer();
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: 'workbook',
      client_secret: 'a-secret-of-the-tests',
      redirect_uris: [redirect],
      grant_types: ['authorization_code'],
      response_types: ['code'],
    },
  ],
  pkce: { required: () => true },
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['a key of the tests'] },
  conformIdTokenClaims: false,
  claims: { openid: ['sub', 'oid', 'email'] },
  interactions: { url: (_, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_, id) => ({
    accountId: id,
    // Everybody claims Amira's address: it must open nothing.
    claims: () => ({ sub: id, oid: `object-of-${id}`, email: 'amira' }),
  }),
  loadExistingGrant: async (ctx) => {
    const grant = new ctx.oidc.provider.Grant({
      clientId: ctx.oidc.client.clientId,
      accountId: ctx.oidc.session.accountId,
    });
    grant.addOIDCScope('openid');
    await grant.save();
    return grant;
  },
});

const handle = provider.callback();
server.on('request', async (request, response) => {
  if (request.method === 'POST' && request.url.startsWith('/as/')) {
    person = request.url.slice('/as/'.length);
    response.writeHead(204).end();
  } else if (request.url.startsWith('/interaction/')) {
    await provider.interactionFinished(request, response, { login: { accountId: person } });
  } else {
    handle(request, response);
  }
});
console.log(`issuer ${issuer}`);
