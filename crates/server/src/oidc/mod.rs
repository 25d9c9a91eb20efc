//! Sign-in at the council's identity provider: OpenID Connect, code flow with PKCE.
//!
//! Who signs in is the account to which an administrator has linked the provider's claim; an e-mail
//! address never links anybody, because providers let people choose one. Nothing is kept between the
//! start and the way back but a cookie ([`attempt`]), so starting sign-ins fills no memory.

mod attempt;
mod claims;
mod http;
mod metadata;
mod provider;

pub(crate) use attempt::Attempt;
pub(crate) use provider::{Answer, OidcError, Provider};

/// The claims that say what somebody calls themselves, not who they are.
const CHOSEN_BY_PEOPLE: [&str; 7] = [
    "email",
    "preferred_username",
    "upn",
    "unique_name",
    "name",
    "nickname",
    "phone_number",
];

/// The council's identity provider.
#[derive(Clone, PartialEq, Eq)]
pub struct OidcSettings {
    /// The issuer, exactly as the provider writes it.
    pub issuer: String,
    /// The id under which the provider knows this server.
    pub client_id: String,
    /// The secret, where the provider gave one.
    pub client_secret: Option<String>,
    /// The address at which browsers reach this server, such as `https://workbook.example.gov.uk`.
    pub public_address: String,
    /// The claim to which accounts are linked: one that the provider never gives to another person,
    /// `sub`, or `oid` at Entra ID.
    pub claim: String,
}

impl std::fmt::Debug for OidcSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Without the secret.
        f.debug_struct("OidcSettings")
            .field("issuer", &self.issuer)
            .field("client_id", &self.client_id)
            .field("public_address", &self.public_address)
            .field("claim", &self.claim)
            .finish_non_exhaustive()
    }
}

/// Why these settings can't be used.
#[derive(Debug, thiserror::Error)]
pub enum OidcSettingsError {
    /// Not an address with TLS.
    #[error("{0} must be an https address (http only on localhost, to try it)")]
    NotSecure(&'static str),
    /// A claim that people choose themselves.
    #[error(
        "the claim {0} says what people call themselves, not who they are: use sub, or oid at Entra ID"
    )]
    UnsafeClaim(String),
    /// Something is missing.
    #[error("{0} is empty: give one")]
    Empty(&'static str),
}

impl OidcSettings {
    /// Checks what a mistake here would open.
    pub fn check(&self) -> Result<(), OidcSettingsError> {
        for (what, value) in [
            ("the client id", &self.client_id),
            ("the claim", &self.claim),
        ] {
            if value.is_empty() {
                return Err(OidcSettingsError::Empty(what));
            }
        }
        if CHOSEN_BY_PEOPLE.contains(&self.claim.as_str()) {
            return Err(OidcSettingsError::UnsafeClaim(self.claim.clone()));
        }
        for (what, address) in [
            ("the issuer", &self.issuer),
            ("the public address", &self.public_address),
        ] {
            if !is_secure(address) {
                return Err(OidcSettingsError::NotSecure(what));
            }
        }
        Ok(())
    }

    /// Where the provider sends browsers back to.
    pub(crate) fn redirect(&self) -> String {
        let address = self.public_address.trim_end_matches('/');
        format!("{address}/api/oidc/callback")
    }
}

/// Whether nobody on the way can read or change what is sent to an address.
fn is_secure(address: &str) -> bool {
    let Ok(uri) = address.parse::<axum::http::Uri>() else {
        return false;
    };
    match (uri.scheme_str(), uri.host()) {
        (Some("https"), Some(_)) => true,
        (Some("http"), Some(host)) => ["localhost", "127.0.0.1", "[::1]"].contains(&host),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mistake_would_open_is_refused() {
        let good = OidcSettings {
            issuer: "https://login.example/tenant".into(),
            client_id: "workbook".into(),
            client_secret: Some("a secret".into()),
            public_address: "https://workbook.example/".into(),
            claim: "oid".into(),
        };
        good.check().unwrap();
        assert_eq!(
            good.redirect(),
            "https://workbook.example/api/oidc/callback"
        );
        assert!(!format!("{good:?}").contains("a secret"));
        let change = |f: fn(&mut OidcSettings)| {
            let mut changed = good.clone();
            f(&mut changed);
            changed.check().unwrap_err().to_string()
        };
        assert!(change(|it| it.claim = "email".into()).contains("email"));
        assert!(change(|it| it.issuer = "http://login.example".into()).contains("issuer"));
        assert!(change(|it| it.public_address = "http://10.0.0.1".into()).contains("public"));
        assert!(change(|it| it.public_address = "http://localhost.evil".into()).contains("public"));
        assert!(change(|it| it.client_id.clear()).contains("client id"));
    }
}
