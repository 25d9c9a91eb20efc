//! The provider: its description and keys, the way to it, and what its answer proves.

use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Utc};
use openidconnect::{
    AuthenticationFlow, AuthorizationCode, ClaimsVerificationError, Client, ClientId, ClientSecret,
    CsrfToken, EmptyExtraTokenFields, EndpointMaybeSet, EndpointNotSet, EndpointSet, IdTokenFields,
    IssuerUrl, Nonce, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RevocationErrorResponseType, StandardErrorResponse, StandardTokenIntrospectionResponse,
    StandardTokenResponse, TokenResponse,
    core::{
        CoreAuthDisplay, CoreAuthPrompt, CoreErrorResponseType, CoreGenderClaim, CoreJsonWebKey,
        CoreJweContentEncryptionAlgorithm, CoreJwsSigningAlgorithm, CoreResponseType,
        CoreRevocableToken, CoreTokenType,
    },
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::{Attempt, OidcSettings, claims::OtherClaims, http, metadata::Metadata};

/// How long the provider's description and keys are kept, in milliseconds.
const KEPT_MILLIS: i64 = 10 * 60 * 1000;
/// How far the provider's clock may be from ours, in milliseconds.
const SKEW_MILLIS: i64 = 2 * 60 * 1000;
/// How old a token may be, in milliseconds: it was made for this sign-in.
const FRESH_MILLIS: i64 = 10 * 60 * 1000;

/// The provider signs with these; not with none, and not with our own secret.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 6] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Tokens = StandardTokenResponse<
    IdTokenFields<
        OtherClaims,
        EmptyExtraTokenFields,
        CoreGenderClaim,
        CoreJweContentEncryptionAlgorithm,
        CoreJwsSigningAlgorithm,
    >,
    CoreTokenType,
>;

/// A client whose address for signing in is known; whether there is one for tokens is asked when used.
type OurClient = Client<
    OtherClaims,
    CoreAuthDisplay,
    CoreGenderClaim,
    CoreJweContentEncryptionAlgorithm,
    CoreJsonWebKey,
    CoreAuthPrompt,
    StandardErrorResponse<CoreErrorResponseType>,
    Tokens,
    StandardTokenIntrospectionResponse<EmptyExtraTokenFields, CoreTokenType>,
    CoreRevocableToken,
    StandardErrorResponse<RevocationErrorResponseType>,
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Why nobody is signed in by the provider.
#[derive(Debug, thiserror::Error)]
pub(crate) enum OidcError {
    /// It can't be reached or does not describe itself.
    #[error("the identity provider can't be reached: {0}")]
    Unreachable(String),
    /// Its address or ours can't be used.
    #[error("the identity provider's settings can't be used: {0}")]
    Settings(String),
    /// It did not take the code: used, too old, of another client or another attempt.
    #[error("the identity provider did not take the code: {0}")]
    CodeRefused(String),
    /// The answer names another provider, or none although this one names itself (RFC 9207).
    #[error("the answer is not this identity provider's")]
    OtherIssuer,
    /// Its token is not for this sign-in. The message is ours: the library's may hold claims.
    #[error("the identity provider's token is not for this sign-in: {}", wrong_with(.0))]
    BadToken(ClaimsVerificationError),
    /// Too many sign in there at once.
    #[error("too many people are signing in at the identity provider")]
    Busy,
    /// The token does not say who it is.
    #[error("the identity provider's token lacks the claim that accounts are linked to")]
    NoClaim,
}

/// What is wrong with a token, in words that name nobody.
fn wrong_with(error: &ClaimsVerificationError) -> &'static str {
    match error {
        ClaimsVerificationError::Expired(_) => "it has expired, or was made too early or too late",
        ClaimsVerificationError::InvalidAudience(_) => "it is for another audience",
        ClaimsVerificationError::InvalidIssuer(_) => "it is another issuer's",
        ClaimsVerificationError::InvalidNonce(_) => "it is for another attempt",
        ClaimsVerificationError::SignatureVerification(_) => "its signature does not fit",
        _ => "it is not as it should be",
    }
}

/// How many may wait for the provider at once: each holds a thread for up to ten seconds.
const AT_ONCE: usize = 16;

/// What a browser brings back from the provider.
pub(crate) struct Answer {
    /// Good for one token.
    pub(crate) code: String,
    /// Whose it is, where it says so.
    pub(crate) issuer: Option<String>,
}

/// The provider that this server trusts.
pub(crate) struct Provider {
    settings: OidcSettings,
    kept: Mutex<Option<(i64, Arc<Metadata>)>>,
    permits: Arc<Semaphore>,
}

impl Provider {
    /// A provider, which is not asked before somebody signs in.
    pub(crate) fn new(settings: OidcSettings) -> Self {
        Self {
            settings,
            kept: Mutex::new(None),
            permits: Arc::new(Semaphore::new(AT_ONCE)),
        }
    }

    /// Whom this server trusts.
    pub(crate) fn issuer(&self) -> &str {
        &self.settings.issuer
    }

    /// The right to ask the provider, to be held while it is asked.
    pub(crate) fn turn(&self) -> Result<OwnedSemaphorePermit, OidcError> {
        Arc::clone(&self.permits)
            .try_acquire_owned()
            .map_err(|_| OidcError::Busy)
    }

    /// The address at which somebody signs in. Blocks on the network.
    pub(crate) fn address(&self, attempt: &Attempt, now: i64) -> Result<String, OidcError> {
        let client = self.client(now)?;
        let verifier = PkceCodeVerifier::new(attempt.verifier());
        let challenge = PkceCodeChallenge::from_code_verifier_sha256(&verifier);
        let (state, nonce) = (attempt.state(), attempt.nonce());
        let (url, _, _) = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                move || CsrfToken::new(state),
                move || Nonce::new(nonce),
            )
            .set_pkce_challenge(challenge)
            .url();
        Ok(url.to_string())
    }

    /// Who has signed in: the value of the claim that accounts are linked to. Blocks on the network.
    pub(crate) fn redeem(
        &self,
        answer: Answer,
        attempt: &Attempt,
        now: i64,
    ) -> Result<String, OidcError> {
        let metadata = self.metadata(now)?;
        let named = answer.issuer.as_deref();
        // Before the code goes anywhere: another provider's is nobody else's business.
        if !metadata
            .additional_metadata()
            .fits(named, &self.settings.issuer)
        {
            return Err(OidcError::OtherIssuer);
        }
        let client = self.client(now)?;
        let tokens = client
            .exchange_code(AuthorizationCode::new(answer.code))
            .map_err(|error| OidcError::Settings(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier()))
            .request(&http::send)
            // The provider's own words may name a person; the kind of error does not.
            .map_err(|error| OidcError::CodeRefused(kind_of(&error)))?;
        match self.read(&client, &tokens, attempt, now) {
            // It may have changed its keys since we read them.
            Err(OidcError::BadToken(ClaimsVerificationError::SignatureVerification(_))) => {
                self.forget();
                self.read(&self.client(now)?, &tokens, attempt, now)
            }
            other => other,
        }
    }

    fn read(
        &self,
        client: &OurClient,
        tokens: &Tokens,
        attempt: &Attempt,
        now: i64,
    ) -> Result<String, OidcError> {
        let token = tokens.id_token().ok_or(OidcError::NoClaim)?;
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            // A token for several audiences is for none of ours alone.
            .set_other_audience_verifier_fn(|_| false)
            .set_time_fn(move || at(now.saturating_sub(SKEW_MILLIS)))
            .set_issue_time_verifier_fn(move |made: DateTime<Utc>| fresh(made, now));
        let claims = token
            .claims(&verifier, &Nonce::new(attempt.nonce()))
            .map_err(OidcError::BadToken)?;
        let claim = self.settings.claim.as_str();
        let value = if claim == "sub" {
            Some(claims.subject().as_str())
        } else {
            claims.additional_claims().text(claim)
        };
        value.map(str::to_owned).ok_or(OidcError::NoClaim)
    }

    fn client(&self, now: i64) -> Result<OurClient, OidcError> {
        let settings = |error: &dyn std::fmt::Display| OidcError::Settings(error.to_string());
        let redirect =
            RedirectUrl::new(self.settings.redirect()).map_err(|error| settings(&error))?;
        let secret = self.settings.client_secret.clone().map(ClientSecret::new);
        let metadata = self.metadata(now)?;
        Ok(Client::from_provider_metadata(
            metadata.as_ref().clone(),
            ClientId::new(self.settings.client_id.clone()),
            secret,
        )
        .set_redirect_uri(redirect))
    }

    fn metadata(&self, now: i64) -> Result<Arc<Metadata>, OidcError> {
        if let Some((read, metadata)) = &*self.kept.lock().unwrap_or_else(PoisonError::into_inner)
            && now.saturating_sub(*read).saturating_abs() < KEPT_MILLIS
        {
            return Ok(Arc::clone(metadata));
        }
        // Not under the lock: a provider that hangs holds up only who asks it.
        let issuer = IssuerUrl::new(self.settings.issuer.clone())
            .map_err(|error| OidcError::Settings(error.to_string()))?;
        let metadata = Metadata::discover(&issuer, &http::send)
            .map_err(|error| OidcError::Unreachable(error.to_string()))?;
        let metadata = Arc::new(metadata);
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) =
            Some((now, Arc::clone(&metadata)));
        Ok(metadata)
    }

    fn forget(&self) {
        *self.kept.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// A time of ours as the token library has it.
fn at(unix_millis: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_millis(unix_millis).unwrap_or_default()
}

fn fresh(made: DateTime<Utc>, now: i64) -> Result<(), String> {
    let age = now.saturating_sub(made.timestamp_millis());
    if (-SKEW_MILLIS..=FRESH_MILLIS + SKEW_MILLIS).contains(&age) {
        Ok(())
    } else {
        Err(format!("made {} seconds ago", age / 1_000))
    }
}

fn kind_of<E: std::error::Error>(
    error: &openidconnect::RequestTokenError<E, StandardErrorResponse<CoreErrorResponseType>>,
) -> String {
    use openidconnect::RequestTokenError as Error;
    match error {
        Error::ServerResponse(answer) => answer.error().to_string(),
        Error::Request(_) => "the request failed".to_owned(),
        Error::Parse(..) => "the answer could not be read".to_owned(),
        Error::Other(_) => "the answer was not as it should be".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_fresh_within_ten_minutes_and_the_clocks_may_differ_by_two() {
        let now = 1_772_000_000_000;
        for (age, good) in [
            (0, true),
            (-119, true),
            (-121, false),
            (719, true),
            (721, false),
        ] {
            let made = at(now - age * 1_000);
            assert_eq!(fresh(made, now).is_ok(), good, "{age} seconds");
        }
    }
}
