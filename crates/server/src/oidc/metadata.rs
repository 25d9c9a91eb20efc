//! The provider's description of itself, with what we read of it beyond the library's own fields.

use openidconnect::{
    AdditionalProviderMetadata, ProviderMetadata,
    core::{
        CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClientAuthMethod, CoreGrantType,
        CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
        CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
    },
};
use serde::{Deserialize, Serialize};

pub(super) type Metadata = ProviderMetadata<
    Beyond,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// What RFC 9207 adds: an answer to the browser says whose it is, so that a code of one provider can't be
/// slipped in as another's.
#[derive(Debug, Clone, Default, Deserialize, Serialize)]
pub(super) struct Beyond {
    /// Whether each answer has `iss`.
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Beyond {}

impl Beyond {
    /// Whether an answer that names this issuer, or none, may be `issuer`'s (RFC 9207, section 2.4: compared
    /// as text; none is an answer only of who doesn't promise to name it).
    pub(super) fn fits(&self, answered: Option<&str>, issuer: &str) -> bool {
        match answered {
            Some(answered) => answered == issuer,
            None => !self.authorization_response_iss_parameter_supported,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_its_issuers_by_the_letter() {
        let silent = Beyond::default();
        let naming: Beyond = serde_json::from_str(
            r#"{"authorization_response_iss_parameter_supported": true, "issuer": "https://a"}"#,
        )
        .unwrap();
        let ours = "https://login.example/tenant";
        for metadata in [&silent, &naming] {
            assert!(metadata.fits(Some(ours), ours));
            for other in [
                "",
                "https://login.example/tenant/",
                "https://login.example/TENANT",
            ] {
                assert!(!metadata.fits(Some(other), ours), "{other}");
            }
        }
        assert!(silent.fits(None, ours));
        assert!(!naming.fits(None, ours));
    }
}
