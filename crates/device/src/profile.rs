//! Who this device is and whose: what enrolment answered.

use record::{
    Writer,
    ids::{DeviceId, ProfessionalId},
    terms::Discipline,
};
use serde::{Deserialize, Serialize};

/// The profile, as `POST /api/devices` answers it. Other fields are ignored.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Profile {
    /// The device.
    pub device: DeviceId,
    /// Its owner.
    pub professional: ProfessionalId,
    /// The owner's name.
    pub name: String,
    /// The owner's discipline.
    pub discipline: Discipline,
}

impl Profile {
    /// Who writes here.
    pub fn writer(&self) -> Writer {
        Writer {
            professional: self.professional,
            discipline: self.discipline.clone(),
            device: self.device,
        }
    }
}
