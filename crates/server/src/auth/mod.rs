//! Who is asking: an enrolled device by its signature, or a signed-in browser by its cookie.
//!
//! Actor, person, device and discipline of everything that follows come from here and never from
//! the request's content.

mod caller;
mod credentials;
mod device;
mod password;
mod peer;
mod session;
mod throttle;

pub(crate) use caller::{Believed, Caller, CallerWith, Signed, just_signed_in};
pub(crate) use credentials::{Credentials, sign_in};
pub(crate) use password::Hashing;
pub use password::PasswordError;
pub use password::hash_password;
pub(crate) use peer::Peer;
pub(crate) use session::{LIFETIME_MILLIS, NewSession, cookie_clearing, token_hash_of};
pub(crate) use throttle::Throttle;
